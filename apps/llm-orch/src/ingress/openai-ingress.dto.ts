import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Equals, IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example } from '@eventzr/http';
import { HIGHEST_MAX_TOKENS } from '@eventzr/wallet-client';

const LONGEST_TEXT = 100_000;
const IGNORED = 'Accepted and not used.';

export class IngressFunctionCall {
  @IsString()
  @Length(1, 64)
  name!: string;

  @IsString()
  @MaxLength(LONGEST_TEXT)
  arguments!: string;
}

export class IngressToolCall {
  @IsString()
  @Length(1, 128)
  id!: string;

  @IsIn(['function'])
  type!: 'function';

  @ValidateNested()
  @Type(() => IngressFunctionCall)
  function!: IngressFunctionCall;
}

export class IngressMessage {
  @IsIn(['system', 'developer', 'user', 'assistant', 'tool'])
  role!: 'system' | 'developer' | 'user' | 'assistant' | 'tool';

  @IsOptional()
  @Describe('A text, or a list of parts of type `text`.')
  @Example('Plan a picnic for twelve')
  content?: unknown;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  @Describe(IGNORED)
  name?: string;

  @IsOptional()
  @IsString()
  @Describe(IGNORED)
  refusal?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(32)
  @ValidateNested({ each: true })
  @Type(() => IngressToolCall)
  tool_calls?: IngressToolCall[];

  @IsOptional()
  @IsString()
  @Length(1, 128)
  tool_call_id?: string;
}

export class IngressFunction {
  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  description?: string;

  @IsOptional()
  @IsObject()
  parameters?: Record<string, unknown>;

  @IsOptional()
  @IsBoolean()
  strict?: boolean;
}

export class IngressTool {
  @IsIn(['function'])
  type!: 'function';

  @ValidateNested()
  @Type(() => IngressFunction)
  function!: IngressFunction;
}

export class IngressJsonSchema {
  @IsString()
  @Matches(/^[\w-]{1,64}$/)
  name!: string;

  @IsOptional()
  @IsString()
  description?: string;

  @IsObject()
  schema!: Record<string, unknown>;

  @IsOptional()
  @IsBoolean()
  strict?: boolean;
}

export class IngressResponseFormat {
  @IsIn(['text', 'json_object', 'json_schema'])
  type!: 'text' | 'json_object' | 'json_schema';

  @IsOptional()
  @ValidateNested()
  @Type(() => IngressJsonSchema)
  json_schema?: IngressJsonSchema;
}

export class IngressStreamOptions {
  @IsOptional()
  @IsBoolean()
  include_usage?: boolean;
}

/** `POST /chat/completions` as OpenAI's clients write it. */
export class IngressChatRequest {
  @IsString()
  @Length(1, 128)
  @Example('local-planner-1', 'A model of GET /models, `provider/model`, or `auto`.')
  model!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => IngressMessage)
  messages!: IngressMessage[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  max_completion_tokens?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(HIGHEST_MAX_TOKENS)
  max_tokens?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(2)
  temperature?: number;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  top_p?: number;

  @IsOptional()
  @Describe('A text, or up to four.')
  stop?: unknown;

  @IsOptional()
  @IsInt()
  @Min(Number.MIN_SAFE_INTEGER)
  @Max(Number.MAX_SAFE_INTEGER)
  seed?: number;

  @IsOptional()
  @Equals(1)
  @Describe('One answer a call.')
  n?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => IngressResponseFormat)
  response_format?: IngressResponseFormat;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(64)
  @ValidateNested({ each: true })
  @Type(() => IngressTool)
  tools?: IngressTool[];

  @IsOptional()
  @Describe('`auto`, `none`, `required`, or the function that must be used.')
  tool_choice?: unknown;

  @IsOptional()
  @IsBoolean()
  stream?: boolean;

  @IsOptional()
  @ValidateNested()
  @Type(() => IngressStreamOptions)
  stream_options?: IngressStreamOptions;

  @IsOptional()
  @IsString()
  @Describe(IGNORED)
  user?: string;

  @IsOptional()
  @IsBoolean()
  @Describe(IGNORED)
  store?: boolean;

  @IsOptional()
  @IsObject()
  @Describe(IGNORED)
  metadata?: Record<string, unknown>;

  @IsOptional()
  @IsBoolean()
  @Describe(IGNORED)
  parallel_tool_calls?: boolean;

  @IsOptional()
  @IsNumber()
  @Describe(IGNORED)
  frequency_penalty?: number;

  @IsOptional()
  @IsNumber()
  @Describe(IGNORED)
  presence_penalty?: number;
}
