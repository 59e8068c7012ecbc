import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS, HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';

const UUID = /^[0-9a-f-]{36}$/;
/** The modes that are served. */
export const MODES = ['single'] as const;
export type Mode = (typeof MODES)[number];

/** One prompt for one orchestration. Only the prompt is required. */
export class OrchestrateRequest {
  @Fault(AiBrainErrors.INVALID_PROMPT)
  @IsString()
  @Length(1, 20_000)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example('Plan a corporate team-building event for 50 people')
  prompt!: string;

  @IsOptional()
  @Fault(AiBrainErrors.INVALID_MODE)
  @IsIn(MODES)
  mode: Mode = 'single';

  @IsOptional()
  @Fault(AiBrainErrors.INVALID_MAX_TOKENS)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  @Example(500, 'Most tokens of the answer; decides the hold.')
  maxTokens: number = DEFAULT_MAX_TOKENS;

  @IsOptional()
  @Fault(AiBrainErrors.CONTEXT_TOO_LARGE)
  @IsString()
  @MaxLength(10_000)
  @Example('Budget: $5000, Location: Mumbai', 'What is known besides the prompt.')
  context?: string;

  @IsOptional()
  @IsIn(['text', 'json'])
  responseFormat?: 'text' | 'json';
}

export class TokenUsage {
  @IsInt()
  @Example(42)
  inputTokens!: number;

  @IsInt()
  @Example(318)
  outputTokens!: number;

  @IsInt()
  @Example(360)
  totalTokens!: number;
}

export class OrchestrationCredits {
  @IsInt()
  @Example(7)
  held!: number;

  @IsInt()
  @Example(6)
  charged!: number;

  @IsInt()
  @Describe('Held, but not charged.')
  @Example(1)
  refunded!: number;
}

/** What an answer of now and one of the past have in common. */
class OrchestrationOutcome {
  @Matches(UUID)
  id!: string;

  @Matches(UUID)
  conversationId!: string;

  @IsString()
  @Example('# Team-building event for 50 people in Mumbai …')
  answer!: string;

  @IsString({ each: true })
  @Example(['local-planner-1'])
  modelsUsed!: string[];

  @ValidateNested()
  @Type(() => TokenUsage)
  usage!: TokenUsage;

  @IsNumber()
  @Example(0.000135)
  costUsd!: number;

  @ValidateNested()
  @Type(() => OrchestrationCredits)
  credits!: OrchestrationCredits;

  @IsInt()
  @Example(24)
  latencyMs!: number;
}

/** The answer to an orchestration. */
export class OrchestrationAnswer extends OrchestrationOutcome {
  @IsIn(MODES)
  mode!: Mode;

  @IsOptional()
  @IsString({ each: true })
  @Describe('What the caller should know about this answer.')
  @Example(['Rule-based local planner: prices are estimates, not quotes.'])
  limits?: string[];
}

/** An orchestration of the past. */
export class OrchestrationRecord extends OrchestrationOutcome {
  @IsIn(['single', 'zar'])
  mode!: string;

  @IsString()
  @Example('Plan a corporate team-building event for 50 people')
  prompt!: string;

  @IsOptional()
  @IsString()
  @Example('Budget: $5000, Location: Mumbai')
  context!: string | null;

  @IsISO8601()
  createdAt!: string;
}

export class ModeView {
  @IsIn(MODES)
  name!: Mode;

  @IsString()
  @Example('One model answers in one step.')
  description!: string;

  @IsInt()
  @Example(6)
  minCredits!: number;

  @IsInt()
  @Example(40)
  maxCredits!: number;
}
