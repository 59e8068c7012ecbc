import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { DEFAULT_MAX_TOKENS, HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';
import { LlmErrors } from '../llm-orch.errors.js';
import { USE_CASES } from '../providers/use-cases.js';
import type { UseCase } from '../providers/use-cases.js';
import { ToolCallView } from './completion-answer.dto.js';

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
