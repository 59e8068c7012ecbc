import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Describe, Example } from '@eventzr/http';

/** Why an answer was not spoken. */
export const UNSPOKEN = [
  'no_voice_for_language',
  'speech_failed',
  'speech_timeout',
  'speech_unavailable',
  'over_budget',
  'nothing_to_say',
] as const;
export type UnspokenReason = (typeof UNSPOKEN)[number];

export class HeardView {
  @IsString()
  @Example('plan a birthday party for forty people in the city')
  text!: string;

  @IsString()
  @Example('en-US', 'As it was detected or hinted, BCP 47.')
  language!: string;

  @IsNumber()
  @Example(0.81, '0-1.')
  confidence!: number;

  @IsInt()
  @Example(5_210, 'How long the recording is.')
  durationMs!: number;
}

/** What was spoken; its bytes are an asset of studio. */
export class SpokenRecord {
  @IsString()
  assetId!: string;

  @IsString()
  @Example('mp3')
  format!: string;

  @IsInt()
  @Example(12_480)
  durationMs!: number;

  @IsString()
  @Example('Here is a plan for forty guests.')
  text!: string;

  @IsBoolean()
  @Describe('Whether only the beginning of the answer is spoken: at most 300 characters, in whole sentences.')
  shortened!: boolean;
}

export class SpokenView extends SpokenRecord {
  @IsString()
  @Describe('Signed; opens without a header for a while.')
  @Example('https://api.eventzr.com/studio/v1/assets/0190b6a0-0000-7000-8000-000000000001/content?sig=…')
  url!: string;
}

export class UnspokenView {
  @IsIn(UNSPOKEN)
  reason!: UnspokenReason;

  @IsString()
  @Example('No voice here speaks this language.')
  message!: string;
}

export class StagesView {
  @IsInt()
  @Example(80, 'Getting and measuring the recording.')
  audioMs!: number;

  @IsInt()
  @Example(900)
  sttMs!: number;

  @IsInt()
  @Example(40, '0 where the stage was not reached; so for the next.')
  brainMs!: number;

  @IsInt()
  @Example(450)
  ttsMs!: number;
}

/** What is kept of a spoken turn. */
export class VoiceTurnView {
  @IsIn(['single', 'zar'])
  brainMode!: 'single' | 'zar';

  @ValidateNested()
  @Type(() => HeardView)
  transcript!: HeardView;

  @IsOptional()
  @ValidateNested()
  @Type(() => SpokenRecord)
  audio?: SpokenRecord;

  @IsOptional()
  @ValidateNested()
  @Type(() => UnspokenView)
  noAudio?: UnspokenView;

  @ValidateNested()
  @Type(() => StagesView)
  stages!: StagesView;

  @IsOptional()
  @IsBoolean()
  needsConfirmation?: boolean;
}
