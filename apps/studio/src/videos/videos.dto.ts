import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { VisibleLabel } from '../provenance/visible-label.js';
import { VIDEO_ASPECTS, VIDEO_RESOLUTIONS } from '../providers/video-provider.js';
import { StudioErrors } from '../studio.errors.js';

const LARGEST_SEED = 4_294_967_295;
const PROMPT_LIMIT = 4_000;
const VOICEOVER_LIMIT = 2_000;
const MOST_IMAGES = 10;

/** A text to be spoken, or whether there is to be a voice at all. */
function IsVoiceover(): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    typeof value === 'boolean' ||
    (typeof value === 'string' && value.length <= VOICEOVER_LIMIT && /[\p{L}\p{N}]/u.test(value));
  const message = `voiceover must be a boolean or a text of 1 to ${VOICEOVER_LIMIT} characters`;
  return ValidateBy({ name: 'isVoiceover', validator: { validate, defaultMessage: () => message } });
}

/** One request for a film. Only the prompt is required. */
export class GenerateVideoRequest {
  @Fault(StudioErrors.INVALID_VIDEO_PROMPT)
  @IsString()
  @Length(1, PROMPT_LIMIT)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example(
    'A beach wedding at sunset. Guests dance under string lights. The couple cuts the cake.',
    'What the film shows; its sentences become scenes, words in quotation marks its title.',
  )
  prompt!: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_DURATION)
  @IsInt()
  @Min(3)
  @Max(60)
  @Example(5)
  durationSeconds: number = 5;

  @IsOptional()
  @IsIn(VIDEO_RESOLUTIONS)
  resolution: (typeof VIDEO_RESOLUTIONS)[number] = '480p';

  @IsOptional()
  @IsIn(VIDEO_ASPECTS)
  aspect: (typeof VIDEO_ASPECTS)[number] = '16:9';

  @IsOptional()
  @IsIn(['standard', 'high'])
  quality: 'standard' | 'high' = 'standard';

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_IMAGES)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @Describe(
    'Pictures that the film shows, in order: `https:` addresses, links of this service, or data URIs.',
  )
  imageUrls: string[] = [];

  @IsOptional()
  @IsVoiceover()
  @Example('Join us by the sea.', 'A text to be spoken; true: the prompt itself; absent or false: no voice.')
  voiceover?: string | boolean;

  @IsOptional()
  @IsBoolean()
  @Describe('True: music under the film.')
  music: boolean = false;

  @VisibleLabel()
  label: boolean = false;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_VIDEO_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('local', 'Absent: the first configured provider.')
  provider?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same film (where the provider can); absent: drawn at random.')
  seed?: number;
}
