import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { StudioErrors } from '../studio.errors.js';

export const MUSIC_FORMATS = ['mp3', 'wav', 'ogg', 'm4a'] as const;
const LARGEST_SEED = 4_294_967_295;
const PROMPT_LIMIT = 4_000;

/** One request for a track. Only the prompt is required. */
export class GenerateMusicRequest {
  @Fault(StudioErrors.INVALID_MUSIC_PROMPT)
  @IsString()
  @Length(1, PROMPT_LIMIT)
  @Matches(/\S/, { message: 'prompt must not be blank' })
  @Example('Uplifting corporate opener for a tech conference', 'What the music is for and how it sounds.')
  prompt!: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MUSIC_DURATION)
  @IsNumber({ allowNaN: false, allowInfinity: false, maxDecimalPlaces: 3 })
  @Min(10)
  @Max(180)
  @Example(30, 'Seconds.')
  durationSeconds: number = 30;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Example('house', 'Absent: taken from the prompt.')
  genre?: string;

  @IsOptional()
  @IsString()
  @Length(1, 40)
  @Example('energetic', 'Absent: taken from the prompt.')
  mood?: string;

  @IsOptional()
  @IsBoolean()
  @Describe('False asks for vocals, where the provider can sing.')
  instrumental: boolean = true;

  @IsOptional()
  @IsIn(MUSIC_FORMATS)
  format: (typeof MUSIC_FORMATS)[number] = 'mp3';

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_MUSIC_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('suno', 'Absent: the first configured provider.')
  provider?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same track (where the provider can); absent: drawn at random.')
  seed?: number;
}
