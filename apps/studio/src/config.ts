import type { Environment } from '@eventzr/config';
import { IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength } from 'class-validator';
import { VendorConfig } from './providers/vendor-config.js';

/** Studio's environment. */
export class StudioConfig extends VendorConfig {
  @IsString()
  dataDir!: string;

  /** Signs the links under which assets open without a header. */
  @MinLength(32)
  urlSigningKey!: string;

  @IsOptional()
  @MinLength(32)
  urlSigningKeyNext?: string;

  /** How long a content link lives, in seconds. */
  @IsInt()
  @Min(60)
  @Max(604_800)
  contentLinkTtlSeconds = 3_600;

  /** How long assets are kept, in days. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  assetRetentionDays = 90;

  @IsOptional()
  @IsString()
  openaiApiKey?: string;

  @IsUrl({ require_tld: false, require_protocol: true })
  openaiBaseUrl = 'https://api.openai.com/v1';

  /** The model behind every `dall-e-3`, `dalle3` and `gpt-image-*`. */
  @IsString()
  openaiImageModel = 'gpt-image-1.5';

  /** Longest wait for one picture of a vendor, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  imageTimeoutMs = 120_000;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
