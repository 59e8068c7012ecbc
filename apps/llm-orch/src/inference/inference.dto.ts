import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, ValidateNested,
} from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS, HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';
import { LlmErrors } from '../llm-orch.errors.js';
import { USE_CASES } from '../providers/use-cases.js';
import type { UseCase } from '../providers/use-cases.js';

const LONGEST_PROMPT = 100_000;

/** A JSON Schema with a name. */
export class JsonSchema {
  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  @Example('event')
  name!: string;

  @IsObject()
  @Example({ type: 'object', properties: { title: { type: 'string' } }, required: ['title'] })
  schema!: Record<string, unknown>;

  @IsOptional()
  @IsBoolean()
  strict?: boolean;
}

/** How an answer is made, whatever was asked. */
export class GenerationOptions {
  @IsOptional()
  @Fault(LlmErrors.INVALID_MAX_TOKENS)
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  @Example(500, 'Most tokens of the answer; decides the hold.')
  maxTokens: number = DEFAULT_MAX_TOKENS;

  @IsOptional()
  @Fault(LlmErrors.UNSUPPORTED_USE_CASE)
  @IsIn(USE_CASES)
  @Example('event-creation')
  useCase?: UseCase;

  @IsOptional()
  @Fault(LlmErrors.INVALID_MODEL)
  @IsString()
  @Length(1, 128)
  model?: string;

  @IsOptional()
  @Fault(LlmErrors.UNKNOWN_PROVIDER)
  @IsString()
  @Length(1, 64)
  provider?: string;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  temperature?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  topP?: number;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(4)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  stop?: string[];

  @IsOptional()
  @IsInt()
  @Min(Number.MIN_SAFE_INTEGER)
  @Max(Number.MAX_SAFE_INTEGER)
  seed?: number;

  @IsOptional()
  @IsIn(['text', 'json'])
  responseFormat?: 'text' | 'json';

  @IsOptional()
  @ValidateNested()
  @Type(() => JsonSchema)
  @Describe('The answer must be JSON of this schema.')
  jsonSchema?: JsonSchema;

  @IsOptional()
  @IsIn(['on', 'exact', 'off'])
  @Describe(
    'Whether an earlier answer may be given again: to a prompt of the same meaning, to the same one, or never.',
  )
  cache?: 'on' | 'exact' | 'off';

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  @Describe('Raises the similarity that an answer to other words needs; it cannot be lowered.')
  cacheMinSimilarity?: number;

  @IsOptional()
  @IsBoolean()
  @Describe('Server-sent events instead of one answer; so does `Accept: text/event-stream`.')
  stream?: boolean;
}

/** One prompt for one completion. Only the prompt is required. */
export class CompleteRequest extends GenerationOptions {
  @Fault(LlmErrors.INVALID_PROMPT)
  @IsString()
  @Length(1, LONGEST_PROMPT)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example('Generate an event description for a tech conference')
  prompt!: string;

  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  @Describe('Instructions that stand above the prompt.')
  system?: string;
}

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

export class ChatMessage {
  @IsIn(['system', 'user', 'assistant', 'tool'])
  role!: 'system' | 'user' | 'assistant' | 'tool';

  @IsString()
  @Length(0, LONGEST_PROMPT)
  @Describe('Empty only beside toolCalls.')
  content!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(32)
  @ValidateNested({ each: true })
  @Type(() => ToolCallView)
  @Describe('Of an assistant that asked for tools.')
  toolCalls?: ToolCallView[];

  @IsOptional()
  @IsString()
  @Length(1, 128)
  @Describe('Of a tool: the call whose result this is.')
  toolCallId?: string;
}

export class Tool {
  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  @Example('find_venues')
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  description?: string;

  @IsObject()
  @Example({ type: 'object', properties: { city: { type: 'string' } } })
  parameters!: Record<string, unknown>;
}

/** A conversation for one completion. */
export class ChatRequest extends GenerationOptions {
  @Fault(LlmErrors.INVALID_PROMPT)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ChatMessage)
  @Example([{ role: 'user', content: 'Plan a picnic for twelve' }])
  messages!: ChatMessage[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(64)
  @ValidateNested({ each: true })
  @Type(() => Tool)
  tools?: Tool[];

  @IsOptional()
  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  @Describe('`auto`, `none`, `required`, or the name of the one tool that must be used.')
  toolChoice?: string;
}

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
