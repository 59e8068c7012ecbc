import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString } from 'class-validator';
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
}

export class UseCaseView {
  @IsString()
  @Example('event-creation')
  name!: string;
}
