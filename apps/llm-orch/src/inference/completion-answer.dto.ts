import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Length, Matches, MaxLength, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example } from '@eventzr/http';

const LONGEST_PROMPT = 100_000;

export class Usage {
  @IsInt()
  @Example(12)
  inputTokens!: number;

  @IsInt()
  @Example(210)
  outputTokens!: number;

  @IsInt()
  @Describe('Input that the provider had cached; not part of inputTokens.')
  @Example(0)
  cachedTokens!: number;

  @IsInt()
  @Example(222)
  totalTokens!: number;

  @IsOptional()
  @IsInt()
  @Describe('Output that the model thought and did not say; part of outputTokens.')
  reasoningTokens?: number;

  @IsIn(['provider', 'counted'])
  source!: 'provider' | 'counted';
}

/** A function that the model asks for. */
export class ToolCallView {
  @IsString()
  @Length(1, 128)
  @Example('call_0')
  id!: string;

  @IsString()
  @Length(1, 64)
  @Example('find_venues')
  name!: string;

  @IsString()
  @MaxLength(LONGEST_PROMPT)
  @Describe('JSON text as the model wrote it.')
  @Example('{"city":"Lisbon"}')
  arguments!: string;
}

export class CreditsUsed {
  @IsInt()
  @Example(5)
  held!: number;

  @IsInt()
  @Example(3)
  charged!: number;
}

export class Attempt {
  @IsString()
  @Example('local')
  provider!: string;

  @IsString()
  @Example('local-planner-1')
  model!: string;

  @IsString()
  @Example('answered')
  outcome!: string;

  @IsInt()
  @Example(18)
  latencyMs!: number;
}

/** What every completion answers, whoever asked. */
export class CompletionAnswer {
  @Matches(/^[0-9a-f-]{36}$/)
  id!: string;

  @IsString()
  @Example('Join us for a day of talks, demos and new ideas …')
  text!: string;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => ToolCallView)
  toolCalls?: ToolCallView[];

  @IsString()
  @Example('local-planner-1')
  model!: string;

  @IsString()
  @Example('local')
  provider!: string;

  @IsOptional()
  @IsString()
  @Describe('What was asked for, where another provider stood in.')
  @Example('openai')
  requestedProvider?: string;

  @IsString()
  @Example('event-creation')
  useCase!: string;

  @IsIn(['stop', 'length', 'tool_calls', 'cancelled', 'budget', 'error'])
  @Describe(
    '`cancelled`: the caller went away; `budget`: the next token would not have fit what was held for.',
  )
  finishReason!: 'stop' | 'length' | 'tool_calls' | 'cancelled' | 'budget' | 'error';

  @ValidateNested()
  @Type(() => Usage)
  usage!: Usage;

  @IsNumber()
  @Example(0.000135)
  costUsd!: number;

  @ValidateNested()
  @Type(() => CreditsUsed)
  credits!: CreditsUsed;

  @IsBoolean()
  @Example(false)
  cached!: boolean;

  @IsInt()
  @Example(21)
  latencyMs!: number;

  @ValidateNested({ each: true })
  @Type(() => Attempt)
  attempts!: Attempt[];

  @IsOptional()
  @IsString({ each: true })
  @Describe('What the caller should know about this answer.')
  @Example(['Rule-based local planner, not a language model.'])
  limits?: string[];
}
