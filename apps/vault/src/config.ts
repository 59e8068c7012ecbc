import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { LARGEST_SMALL_UPLOAD } from './assets/media-types.js';

/** Vault's environment. */
export class VaultConfig extends HouseConfig {
  /** Bytes lie in `storage` below it. */
  @IsString()
  dataDir = '.data';

  /** Signs the links under which content opens without a header. */
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

  /** Largest file that `POST /assets` takes. */
  @IsInt()
  @Min(1)
  @Max(LARGEST_SMALL_UPLOAD)
  smallUploadMaxBytes = LARGEST_SMALL_UPLOAD;

  /** How long trash is kept, in days. */
  @IsInt()
  @Min(1)
  @Max(3_650)
  trashRetentionDays = 30;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
