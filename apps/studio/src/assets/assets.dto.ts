import { IsIn, IsInt, IsISO8601, IsObject, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { Describe, Example, PageQuery } from '@eventzr/http';

const UUID = /^[0-9a-f-]{36}$/;
export const ASSET_TYPES = ['image', 'video', 'audio', 'document', 'text'] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

/** A finished file. */
export class AssetView {
  @Matches(UUID)
  id!: string;

  @Matches(UUID)
  @Example('019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e')
  jobId!: string;

  @IsIn(ASSET_TYPES)
  type!: string;

  @IsOptional()
  @IsString()
  @Describe('What the file is within its job, where there are several.')
  @Example('a4')
  role?: string;

  @IsString()
  @Example('image/png')
  mimeType!: string;

  @IsInt()
  @Example(412_345)
  bytes!: number;

  @IsOptional()
  @IsInt()
  @Example(1024, 'Pixels.')
  width?: number;

  @IsOptional()
  @IsInt()
  @Example(1024, 'Pixels.')
  height?: number;

  @IsOptional()
  @IsInt()
  durationMs?: number;

  @IsOptional()
  @IsInt()
  pages?: number;

  @IsString()
  @Example('local')
  provider!: string;

  @IsInt()
  @Example(42)
  seed!: number;

  @IsObject()
  @Describe('How the file came about: the generator, what it did not do, when.')
  @Example({ generator: 'local-illustrator-1', at: '2026-01-15T09:00:02.000Z' })
  provenance!: object;

  @IsString()
  @Describe('Opens without a header until it expires.')
  @Example('/studio/v1/assets/0198c0de-7a11-7000-8000-0000000000a1/content?sig=…')
  contentUrl!: string;

  @IsOptional()
  @IsString()
  @Describe('A small picture of it; opens without a header until it expires.')
  @Example('/studio/v1/assets/0198c0de-7a11-7000-8000-0000000000a1/thumbnail?sig=…')
  thumbnailUrl?: string;

  @IsOptional()
  @IsISO8601()
  @Describe('When the asset is removed.')
  expiresAt?: string;

  @IsISO8601()
  createdAt!: string;
}

export class ListAssetsQuery extends PageQuery {
  @IsOptional()
  @IsIn(ASSET_TYPES)
  type?: (typeof ASSET_TYPES)[number];

  @IsOptional()
  @IsUUID()
  jobId?: string;
}

export class ContentQuery {
  @IsOptional()
  @IsString()
  @Describe('The signature of a content link.')
  sig?: string;
}
