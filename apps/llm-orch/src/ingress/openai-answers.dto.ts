import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Describe, Example, Nullable } from '@eventzr/http';
import { IngressToolCall } from './openai-ingress.dto.js';

export class IngressModel {
  @IsString()
  @Example('local-planner-1')
  id!: string;

  @IsIn(['model'])
  object!: 'model';

  @IsInt()
  created!: number;

  @IsString()
  @Example('local')
  owned_by!: string;
}

export class IngressModels {
  @IsIn(['list'])
  object!: 'list';

  @ValidateNested({ each: true })
  @Type(() => IngressModel)
  data!: IngressModel[];
}

class IngressAnswerMessage {
  @IsIn(['assistant'])
  role!: 'assistant';

  @Nullable()
  @IsString()
  @Example('A picnic in the park …')
  content!: string | null;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => IngressToolCall)
  tool_calls?: IngressToolCall[];
}

class IngressChoice {
  @IsInt()
  index!: number;

  @ValidateNested()
  @Type(() => IngressAnswerMessage)
  message!: IngressAnswerMessage;

  @IsString()
  @Example('stop')
  finish_reason!: string;
}

export class IngressUsage {
  @IsInt()
  @Example(12)
  prompt_tokens!: number;

  @IsInt()
  @Example(30)
  completion_tokens!: number;

  @IsInt()
  @Example(42)
  total_tokens!: number;

  @IsObject()
  @Example({ cached_tokens: 0 })
  prompt_tokens_details!: Record<string, number>;

  @IsObject()
  @Example({ reasoning_tokens: 0 })
  completion_tokens_details!: Record<string, number>;

  @IsNumber()
  @Describe('What the call cost.')
  @Example(0.000009)
  cost_usd!: number;
}

/** The whole answer in OpenAI's shape. */
export class IngressCompletion {
  @IsString()
  @Example('chatcmpl-01990a2c-6f0e-7c3a-9d55-0c9f4be0a001')
  id!: string;

  @IsIn(['chat.completion'])
  object!: 'chat.completion';

  @IsInt()
  created!: number;

  @IsString()
  @Example('local-planner-1')
  model!: string;

  @ValidateNested({ each: true })
  @Type(() => IngressChoice)
  choices!: IngressChoice[];

  @ValidateNested()
  @Type(() => IngressUsage)
  usage!: IngressUsage;
}
