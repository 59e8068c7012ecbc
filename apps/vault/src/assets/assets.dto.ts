import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Describe, Example, Fault, IsInstant, PageQuery } from '@eventzr/http';
import { VaultErrors } from '../vault.errors.js';
import { ASSET_TYPES, type AssetType } from './media-types.js';

export const VISIBILITIES = ['private', 'tenant'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const SORTS = ['-createdAt', 'createdAt', 'filename', '-filename', 'sizeBytes', '-sizeBytes'] as const;
export type Sort = (typeof SORTS)[number];

const TAG = /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u;

export class ListAssetsQuery extends PageQuery {
  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsInt()
  @Min(1)
  @Max(100)
  @Example(1, 'A page by its number, up to 100; `cursor` has no such end and wins.')
  page?: number;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsUUID('loose')
  folderId?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsIn(ASSET_TYPES)
  type?: AssetType;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsString()
  @Length(1, 50)
  tag?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsString()
  @Length(1, 200)
  @Describe('Looked for in name and description, in any case.')
  text?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsInstant()
  @Example('2026-11-01T00:00:00Z', 'Created at this instant or later.')
  createdFrom?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsInstant()
  @Example('2026-12-01T00:00:00Z', 'Created before this instant.')
  createdTo?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsIn(SORTS)
  sort: Sort = '-createdAt';
}

/** Where a page of assets ends; `sort` keeps a cursor from being used with another order. */
export class AssetPosition {
  @IsIn(SORTS)
  sort!: Sort;

  @IsString()
  @MaxLength(300)
  value!: string;

  @IsUUID('loose')
  id!: string;

  @IsInt()
  @Min(2)
  page!: number;
}

/** The text fields of an upload. */
export class UploadAssetFields {
  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsString()
  @MaxLength(2_000)
  description?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsUUID('loose')
  folderId?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsIn(VISIBILITIES)
  @Describe('`private`: its owner and admins; `tenant`: everybody of the tenant.')
  visibility: Visibility = 'private';

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsString()
  @MaxLength(1_000)
  @Example('gala,stage', 'Comma separated; at most 20 of 50 characters each.')
  @Matches(/^[^,]{0,50}(,[^,]{0,50}){0,19}$/u, { message: 'tags must be at most 20 of 50 characters each' })
  tags?: string;
}

/** `gala, stage,gala` -> `['gala', 'stage']`; what is not a plain word is dropped by the caller's 400. */
export function tagsOf(text: string | undefined): string[] {
  const tags = (text ?? '').split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''); // prettier-ignore
  const odd = tags.find((tag) => !TAG.test(tag));
  if (odd === undefined) return [...new Set(tags)];
  const message = 'tags must be made of letters, digits, spaces, - and _';
  throw VaultErrors.INVALID_INPUT([{ field: 'tags', rule: 'matches', message }]);
}

export class AssetView {
  @IsUUID('loose')
  id!: string;

  @IsString()
  @Example('gala-stage.png')
  filename!: string;

  @IsOptional()
  @IsString()
  description!: string | null;

  @IsIn(ASSET_TYPES)
  @Example('image')
  type!: string;

  @IsString()
  @Example('image/png')
  mimeType!: string;

  @IsInt()
  @Min(1)
  @Example(48_213)
  sizeBytes!: number;

  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @IsIn(VISIBILITIES)
  @Example('private')
  visibility!: string;

  @IsUUID('loose')
  ownerId!: string;

  @IsOptional()
  @IsUUID('loose')
  folderId!: string | null;

  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Example(['gala', 'stage'])
  tags!: string[];

  @IsUrl({ require_tld: false })
  @Describe('Opens without a header until it expires.')
  contentUrl!: string;

  @IsISO8601()
  createdAt!: string;

  @IsISO8601()
  updatedAt!: string;
}

export class TrashedAssetView {
  @IsUUID('loose')
  id!: string;

  @IsIn(['trashed'])
  status!: 'trashed';

  @IsISO8601()
  trashedAt!: string;

  @IsISO8601()
  @Describe('When it is removed for good.')
  purgeAfter!: string;
}

export class ContentQuery {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Describe('The credential of a signed link, in place of a token.')
  sig?: string;

  @IsOptional()
  @Fault(VaultErrors.INVALID_INPUT)
  @IsIn(['true', 'false'])
  @Describe('`true`: as an attachment, whatever the type.')
  download?: 'true' | 'false';
}
