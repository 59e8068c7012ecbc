import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { CreditsUsed } from '../inference/completion-answer.dto.js';
import { LlmErrors } from '../llm-orch.errors.js';

/** Who is to answer. */
export class CallOptions {
  @IsOptional()
  @Fault(LlmErrors.INVALID_MODEL)
  @IsString()
  @Length(1, 128)
  model?: string;

  @IsOptional()
  @Fault(LlmErrors.UNKNOWN_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('local')
  provider?: string;
}

export class CallUsageView {
  @IsInt()
  @Example(12)
  inputTokens!: number;

  @IsInt()
  @Example(12)
  totalTokens!: number;

  @IsIn(['provider', 'counted'])
  source!: 'provider' | 'counted';
}

/** What every call that writes no text answers beside its result. */
export class CallAnswer {
  @Matches(/^[0-9a-f-]{36}$/)
  id!: string;

  @IsString()
  @Example('local-hash-512')
  model!: string;

  @IsString()
  @Example('local')
  provider!: string;

  @IsOptional()
  @IsString()
  @Describe('What was asked for, where another provider stood in.')
  requestedProvider?: string;

  @ValidateNested()
  @Type(() => CallUsageView)
  usage!: CallUsageView;

  @IsNumber()
  @Example(0.000001)
  costUsd!: number;

  @ValidateNested()
  @Type(() => CreditsUsed)
  credits!: CreditsUsed;

  @IsInt()
  @Example(2)
  latencyMs!: number;

  @IsOptional()
  @IsString({ each: true })
  @Describe('What the caller should know about this answer.')
  limits?: string[];
}
