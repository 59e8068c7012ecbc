import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS, HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';
import { USE_CASES } from '../providers/use-cases.js';
import type { UseCase } from '../providers/use-cases.js';
import { ChatMessage } from './inference.dto.js';

/** What a call within another service's operation asks of a model. */
class InternalWish {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ChatMessage)
  messages!: ChatMessage[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  maxTokens: number = DEFAULT_MAX_TOKENS;

  @IsOptional()
  @IsString()
  model?: string;

  @IsOptional()
  @IsString()
  provider?: string;
}

/** A completion within another service's operation: it takes no hold of its own. */
export class InternalChatRequest extends InternalWish {
  @IsOptional()
  @IsBoolean()
  @Describe('Server-sent events instead of one answer.')
  stream?: boolean;

  @IsOptional()
  @IsIn(USE_CASES)
  useCase?: UseCase;

  @IsOptional()
  @IsIn(['text', 'json'])
  responseFormat?: 'text' | 'json';
}

/** What an internal call would cost at most. */
export class InternalEstimateRequest extends InternalWish {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Describe('Refuse what could cost more, and say what would be affordable.')
  ceilingMicroUsd?: number;
}

export class InternalEstimate {
  @IsInt()
  maxCostMicroUsd!: number;

  @IsString()
  provider!: string;

  @IsString()
  model!: string;
}
