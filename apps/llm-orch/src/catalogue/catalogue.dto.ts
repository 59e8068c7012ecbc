import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';
import { Describe, Example } from '@eventzr/http';

export class ModelView {
  @IsString()
  @Example('local-planner-1')
  id!: string;

  @IsString()
  @Example('local')
  provider!: string;

  @IsInt()
  @Example(32_000)
  contextWindowTokens!: number;

  @IsInt()
  @Example(4_000)
  maxOutputTokens!: number;

  @IsString({ each: true })
  @Example(['text', 'json'])
  capabilities!: string[];

  @IsOptional()
  @IsString()
  @Example('Plans by rules, without a network.')
  description?: string;

  @IsOptional()
  @IsNumber()
  @Describe('USD per million input tokens; absent: unknown, so unusable under a ceiling.')
  @Example(0.15)
  inputUsdPerMillionTokens?: number;

  @IsOptional()
  @IsNumber()
  @Example(0.6)
  outputUsdPerMillionTokens?: number;

  @IsOptional()
  @IsNumber()
  @Describe('Input that the vendor reads from its prompt cache.')
  @Example(0.075)
  cachedInputUsdPerMillionTokens?: number;

  @IsIn(['closed', 'open', 'half-open'])
  @Describe('`open`: out of service, not asked at the moment.')
  breaker!: 'closed' | 'open' | 'half-open';
}

export class ProviderHealthView {
  @IsBoolean()
  reachable!: boolean;

  @IsDateString()
  checkedAt!: string;

  @IsString({ each: true })
  @Describe('Models that are configured here and not offered by the vendor.')
  missingModels!: string[];
}

export class ModelStateView {
  @IsString()
  @Example('gpt-4o-mini')
  id!: string;

  @IsIn(['closed', 'open', 'half-open'])
  @Describe('`open`: not asked at the moment; `half-open`: one call tries.')
  breaker!: 'closed' | 'open' | 'half-open';
}

export class ProviderView {
  @IsString()
  @Example('openai')
  name!: string;

  @IsBoolean()
  configured!: boolean;

  @IsIn(['ready', 'stands-in', 'not-configured'])
  @Describe('`stands-in`: without a key, the local provider answers in its place.')
  state!: 'ready' | 'stands-in' | 'not-configured';

  @IsString({ each: true })
  @Example(['gpt-4o-mini'])
  models!: string[];

  @ValidateNested({ each: true })
  @Type(() => ModelStateView)
  states!: ModelStateView[];

  @IsOptional()
  @ValidateNested()
  @Type(() => ProviderHealthView)
  @Describe('What the last look found; absent: nobody looked lately.')
  health?: ProviderHealthView;
}

export class UseCaseView {
  @IsString()
  @Example('event-creation')
  name!: string;

  @IsString({ each: true })
  @Describe('Who answers, in this order, when a request names neither provider nor model.')
  @Example(['openai/gpt-4.1-mini'])
  models!: string[];
}
