import { Type } from 'class-transformer';
import { IsBase64, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { SpeechWish, TranscribeRequest } from '../audio/audio.dto.js';
import { AUDIO_FORMATS } from '../providers/speech-provider.js';
import { StudioErrors } from '../studio.errors.js';

/** 25 MB as base64. */
const BASE64_LIMIT = 35_000_000;

/** A recording to be taken in: by address, as an asset of studio or of the vault; a form carries it as its `file`. */
export class InternalRecordingRequest {
  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsString()
  @MaxLength(2_048)
  audioUrl?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsUUID()
  assetId?: string;
}

/** A recording that was taken in: checked, measured, and kept for a week. */
export class InternalRecording {
  @IsUUID()
  recordingId!: string;

  @IsString()
  @Example('audio/mp4')
  mimeType!: string;

  @IsInt()
  bytes!: number;

  @IsInt()
  @Example(5_210)
  durationMs!: number;
}

/** A recording within another service's operation: taken in before, by address, as an asset, or as it stands. */
export class InternalTranscribeRequest extends TranscribeRequest {
  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsUUID()
  recordingId?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsString()
  @MaxLength(BASE64_LIMIT)
  @IsBase64()
  audioBase64?: string;

  @IsOptional()
  @IsString()
  @MaxLength(40)
  @Describe('What the caller believes it to be; the bytes decide.')
  format?: string;
}

/** A text to be spoken within another service's operation. */
export class InternalSpeechRequest extends SpeechWish {}

export class TranscriptView {
  @IsString()
  @Example('book the hotel for forty people')
  text!: string;

  @IsString()
  @Example('en-US')
  language!: string;

  @IsNumber()
  @Example(0.81, '0-1; 0 where nothing was said.')
  confidence!: number;

  @IsObject({ each: true })
  segments!: object[];

  @IsString({ each: true })
  limits!: string[];
}

class InternalAnswer {
  @IsInt()
  durationMs!: number;

  @IsInt()
  @Example(10, 'What the work is worth by the price table; the parent charges it.')
  credits!: number;

  @IsNumber()
  @Example(0.0001, 'At most; what the vendor billed is not told.')
  costUsd!: number;

  @IsString()
  @Example('local')
  provider!: string;

  @IsString()
  @Example('pocketsphinx')
  model!: string;
}

export class InternalTranscript extends InternalAnswer {
  @ValidateNested()
  @Type(() => TranscriptView)
  transcript!: TranscriptView;
}

export class InternalAudioFile {
  @IsUUID()
  assetId!: string;

  @IsString()
  @Describe('Signed; opens without a header for a while.')
  url!: string;

  @IsIn(AUDIO_FORMATS)
  format!: (typeof AUDIO_FORMATS)[number];

  @IsInt()
  durationMs!: number;

  @IsInt()
  bytes!: number;
}

export class InternalSpeech extends InternalAnswer {
  @ValidateNested()
  @Type(() => InternalAudioFile)
  audio!: InternalAudioFile;
}

export class InternalEstimate {
  @IsInt()
  @Example(20, 'What the operation is worth in credits; nothing is held here.')
  credits!: number;

  @IsNumber()
  maxCostUsd!: number;

  @IsInt()
  maxCostMicroUsd!: number;

  @IsString()
  provider!: string;
}
