import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AnswerWishes, OrchestrationAnswer } from '../orchestration/orchestration.dto.js';
import { HeardView, SpokenView, StagesView, UnspokenView } from './voice-turn.dto.js';

export const MOST_AUDIO_BYTES = 25 * 1024 * 1024;
export const LONGEST_SECONDS = 600;
/** A BCP 47 tag, as studio takes them. */
export const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const FORMATS = ['m4a', 'mp4', 'mp3', 'wav', 'ogg', 'opus', 'webm', 'flac', 'aac'] as const;

/** How a spoken question is to be heard and answered; a form carries the recording as its `file`. */
export class VoiceFields extends AnswerWishes {
  @IsOptional()
  @Fault(AiBrainErrors.UNSUPPORTED_AUDIO)
  @IsIn(FORMATS)
  @Describe('What the recording is believed to be; its bytes decide.')
  format?: (typeof FORMATS)[number];

  @IsOptional()
  @Fault(AiBrainErrors.UNSUPPORTED_SPEECH_LANGUAGE)
  @Matches(LANGUAGE, { message: 'languageHint must be a BCP 47 tag' })
  @Example('en-US', 'BCP 47; absent: detected where the provider can. The answer is given in this language.')
  languageHint?: string;

  @IsOptional()
  @IsBoolean()
  @Describe('Whether the answer is to be spoken, too.')
  ttsResponse: boolean = false;

  @IsOptional()
  @Fault(AiBrainErrors.UNKNOWN_VOICE)
  @IsString()
  @Length(1, 128)
  @Example(
    'flite-slt',
    'One of `GET /studio/v1/audio/voices`, or the id of a voice model; absent: the first of the language.',
  )
  voice?: string;

  @IsOptional()
  @IsIn(['confirm', 'continue'])
  @Describe(
    'When the words were hardly understood: show them, charge the transcription alone and ask nobody; or go on.',
  )
  onLowConfidence: 'confirm' | 'continue' = 'confirm';
}

/** A spoken question. Only the recording is required, as `audioUrl` or `assetId`. */
export class VoiceRequest extends VoiceFields {
  @IsOptional()
  @Fault(AiBrainErrors.INVALID_AUDIO_URL)
  @IsString()
  @MaxLength(2_048)
  @Example('https://s3.amazonaws.com/bucket/recording.m4a', 'https, to a public address or to this platform.')
  audioUrl?: string;

  @IsOptional()
  @Fault(AiBrainErrors.INVALID_AUDIO_URL)
  @IsUUID()
  @Describe('A recording of yours in studio or in the vault.')
  assetId?: string;
}

/** What an estimate is told besides: it does not fetch the recording. */
export class EstimateVoice extends VoiceRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_SECONDS)
  @Describe('How long the recording is; absent: as long as recordings may be.')
  durationSeconds: number = LONGEST_SECONDS;
}

/** The answer to a spoken question. */
export class VoiceAnswer extends OrchestrationAnswer {
  @ValidateNested()
  @Type(() => HeardView)
  transcript!: HeardView;

  @IsOptional()
  @ValidateNested()
  @Type(() => SpokenView)
  audio?: SpokenView;

  @IsOptional()
  @ValidateNested()
  @Type(() => UnspokenView)
  @Describe('Why the answer was not spoken although that was asked for; speech is then not charged.')
  noAudio?: UnspokenView;

  @ValidateNested()
  @Type(() => StagesView)
  stages!: StagesView;

  @IsOptional()
  @IsBoolean()
  @Describe(
    'The words were hardly understood: `answer` asks back, and the transcription alone was charged. Say it again, send the words to `/orchestrate`, or repeat with `onLowConfidence: continue`.',
  )
  needsConfirmation?: boolean;
}
