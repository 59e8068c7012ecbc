import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { VisibleLabel } from '../provenance/visible-label.js';
import { StudioErrors } from '../studio.errors.js';

export const IMAGE_SIDES = [256, 512, 1024, 1792] as const;
export const IMAGE_QUALITIES = ['standard', 'high', 'ultra'] as const;
export const IMAGE_FORMATS = ['png', 'jpeg', 'webp'] as const;
const LARGEST_SEED = 4_294_967_295;
const PROMPT_LIMIT = 4_000;

/** One request for pictures. Only the prompt is required. */
export class GenerateImageRequest {
  @Fault(StudioErrors.INVALID_PROMPT)
  @IsString()
  @Length(1, PROMPT_LIMIT)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example('A vibrant tech conference poster with modern design', 'What the picture shows.')
  prompt!: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_DIMENSIONS)
  @IsIn(IMAGE_SIDES)
  @Example(1024, 'Pixels.')
  width: number = 1024;

  @IsOptional()
  @Fault(StudioErrors.INVALID_DIMENSIONS)
  @IsIn(IMAGE_SIDES)
  @Example(1024, 'Pixels.')
  height: number = 1024;

  @IsOptional()
  @IsIn(IMAGE_QUALITIES)
  quality: (typeof IMAGE_QUALITIES)[number] = 'standard';

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(4)
  @Describe('How many different pictures; each is priced.')
  variants: number = 1;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_IMAGE_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('dall-e-3', 'Absent: the first configured provider.')
  provider?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Matches(/^[a-z0-9-]+$/, { message: 'stylePreset must be a lower-case name' })
  @Example('watercolour')
  stylePreset?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same picture (where the provider can); absent: drawn at random.')
  seed?: number;

  @IsOptional()
  @IsString()
  @MaxLength(PROMPT_LIMIT)
  @Describe('What the picture must not show.')
  negativePrompt?: string;

  @IsOptional()
  @IsIn(IMAGE_FORMATS)
  format: (typeof IMAGE_FORMATS)[number] = 'png';

  @VisibleLabel()
  label: boolean = false;
}
