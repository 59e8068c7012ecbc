import {
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { DATA_URI_BODY_LIMIT_BYTES } from '../inputs/media-source.js';
import { TRANSFORMATIONS, type Transformation } from '../providers/image-edit-provider.js';
import { VisibleLabel } from '../provenance/visible-label.js';
import { StudioErrors } from '../studio.errors.js';

const LARGEST_SIDE = 4_096;
const LARGEST_SEED = 4_294_967_295;

/** A picture to work on: exactly one of the two. */
export class ImageEditRequestBody {
  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsString()
  @Length(1, DATA_URI_BODY_LIMIT_BYTES)
  @Example('https://images.example.com/stage.jpg', 'An `https:` address, or a base64 data URI.')
  imageUrl?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsUUID()
  @Describe('A picture that studio made and the caller may see.')
  assetId?: string;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_IMAGE_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Describe('Absent: the first configured provider that can do it.')
  provider?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same picture (where the provider can); absent: drawn at random.')
  seed?: number;

  @VisibleLabel()
  label: boolean = false;
}

export class TransformImageRequest extends ImageEditRequestBody {
  @Fault(StudioErrors.INVALID_TRANSFORMATION)
  @IsIn(TRANSFORMATIONS)
  @Example('style-transfer')
  transformation!: Transformation;

  @IsOptional()
  @Fault(StudioErrors.INVALID_TRANSFORMATION)
  @IsString()
  @Length(1, DATA_URI_BODY_LIMIT_BYTES)
  @Example(
    'watercolour',
    'A style or filter by name, a hex colour for `colorize`, or, for `style-transfer`, a picture: its address, data URI or asset id.',
  )
  styleReference?: string;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  strength: number = 0.7;

  @IsOptional()
  @IsInt()
  @Min(16)
  @Max(LARGEST_SIDE)
  @Describe('Pixels, for `resize`, `crop` and `upscale`.')
  width?: number;

  @IsOptional()
  @IsInt()
  @Min(16)
  @Max(LARGEST_SIDE)
  height?: number;

  @IsOptional()
  @IsIn(['png', 'jpeg', 'webp'])
  outputFormat: 'png' | 'jpeg' | 'webp' = 'png';
}

export class RemoveBackgroundRequest extends ImageEditRequestBody {
  @IsOptional()
  @IsIn(['png', 'webp'])
  outputFormat: 'png' | 'webp' = 'png';
}

export class VaryImageRequest extends ImageEditRequestBody {
  @IsOptional()
  @IsIn(['png', 'webp'])
  outputFormat: 'png' | 'webp' = 'png';

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(4)
  @Describe('How many different pictures; each is priced.')
  variants: number = 1;

  @IsOptional()
  @IsNumber()
  @Min(0)
  @Max(1)
  @Describe('How far the variations may go from the original.')
  strength: number = 0.7;

  @IsOptional()
  @Fault(StudioErrors.INVALID_PROMPT)
  @IsString()
  @MaxLength(4_000)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  prompt?: string;
}
