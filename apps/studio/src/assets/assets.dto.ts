import { IsIn, IsInt, IsISO8601, IsObject, IsOptional, IsString, Matches } from 'class-validator';
import { Describe, Example, PageQuery } from '@eventzr/http';

const UUID = /^[0-9a-f-]{36}$/;
export const ASSET_TYPES = ['image'] as const;

/** A finished file. */
export class AssetView {
  @Matches(UUID)
  id!: string;

  @Matches(UUID)
  jobId!: string;

  @IsIn(ASSET_TYPES)
  type!: string;

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
  seed!: number;

  @IsObject()
  @Describe('How the file came about: the generator, what it did not do, when.')
  provenance!: object;

  @IsString()
  @Describe('Opens without a header until it expires.')
  contentUrl!: string;

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
  @Matches(UUID)
  jobId?: string;
}

export class ContentQuery {
  @IsOptional()
  @IsString()
  @Describe('The signature of a content link.')
  sig?: string;
}
