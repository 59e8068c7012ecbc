import { IsArray, IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { Describe, Example } from '@eventzr/http';

export class ProviderView {
  @IsString()
  @Example('image', 'What it makes.')
  kind!: string;

  @IsString()
  @Example('openai')
  name!: string;

  @IsBoolean()
  @Describe('Whether it has what it needs to be called.')
  configured!: boolean;

  @IsArray()
  @IsString({ each: true })
  @Example(['gpt-image-1.5'], 'Names under which requests may ask for it.')
  models!: string[];
}

export class ProviderHealthView {
  @IsString()
  @Example('image')
  kind!: string;

  @IsString()
  @Example('local')
  name!: string;

  @IsIn(['ready', 'degraded', 'missing'])
  status!: 'ready' | 'degraded' | 'missing';

  @IsOptional()
  @IsString()
  @Example('no API key is configured', 'What is missing and how to get it.')
  detail?: string;
}
