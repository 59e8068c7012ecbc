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
  contextWindowTokens!: number;

  @IsInt()
  maxOutputTokens!: number;

  @IsString({ each: true })
  capabilities!: string[];

  @IsOptional()
  @IsString()
  description?: string;

  @IsOptional()
  @IsNumber()
  @Describe('USD per million input tokens; absent: unknown, so unusable under a ceiling.')
  inputUsdPerMillionTokens?: number;

  @IsOptional()
  @IsNumber()
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
  models!: string[];
}

export class UseCaseView {
  @IsString()
  @Example('event-creation')
  name!: string;
}
