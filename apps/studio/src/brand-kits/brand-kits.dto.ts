import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Nullable, PageQuery } from '@eventzr/http';
import { FONT_FAMILIES, type FontFamily } from '../providers/local/posters/fonts.js';

export const BRAND_ROLES = ['primary', 'secondary', 'accent'] as const;
const LONGEST_DATA_URI = 36_000_000;

export class BrandColour {
  @IsIn(BRAND_ROLES)
  @Example('primary')
  role!: (typeof BRAND_ROLES)[number];

  @Matches(/^#[0-9a-fA-F]{6}$/, { message: 'hex must be a colour such as #1f5eff' })
  @Example('#1f5eff')
  hex!: string;
}

export class BrandKitBody {
  @IsString()
  @Length(1, 120)
  @Example('EventZR')
  name!: string;

  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => BrandColour)
  colours!: BrandColour[];

  @IsOptional()
  @IsIn(FONT_FAMILIES)
  @Example('Poppins', 'Of titles.')
  displayFont?: FontFamily;

  @IsOptional()
  @IsIn(FONT_FAMILIES)
  @Example('Inter', 'Of everything else.')
  bodyFont?: FontFamily;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Example('warm and playful', 'Helps to choose a layout.')
  tone?: string;

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_DATA_URI)
  @Describe('An https address, a data URI or the id of an asset. Absent in a change: the logo stays.')
  logo?: string;
}

export class ListBrandKitsQuery extends PageQuery {}

export class BrandKitView {
  @IsUUID()
  id!: string;

  @IsString()
  name!: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => BrandColour)
  colours!: BrandColour[];

  @Nullable()
  @IsString()
  displayFont!: string | null;

  @Nullable()
  @IsString()
  bodyFont!: string | null;

  @Nullable()
  @IsString()
  tone!: string | null;

  @IsBoolean()
  hasLogo!: boolean;

  @IsDateString()
  updatedAt!: string;
}
