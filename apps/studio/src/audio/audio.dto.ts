import { IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min } from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { AUDIO_FORMATS } from '../providers/speech-provider.js';
import { StudioErrors } from '../studio.errors.js';

const TEXT_LIMIT = 5_000;
const LONGEST_SECONDS = 600;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
const PROVIDER = 'Absent: the first configured provider that knows the language.';
export const TIMESTAMPS = ['segment', 'word'] as const;

/** A text to be spoken. Only the text is required. */
export class SpeechWish {
  @Fault(StudioErrors.INVALID_TTS_INPUT)
  @IsString()
  @Length(1, TEXT_LIMIT)
  @Matches(/[\p{L}\p{N}]/u, { message: 'text must have something to say' })
  @Example('Welcome to our garden party. Dinner is served at seven.')
  text!: string;

  @IsOptional()
  @Fault(StudioErrors.UNSUPPORTED_LANGUAGE)
  @Matches(LANGUAGE, { message: 'language must be a BCP 47 tag' })
  @Example('en-US', 'BCP 47; absent: the language of the voice, else en-US.')
  language?: string;

  @IsOptional()
  @IsString()
  @Length(1, 128)
  @Example('flite-slt', 'One of `GET /audio/voices`; absent: the first of the language.')
  voice?: string;

  @IsOptional()
  @IsUUID()
  @Describe('One of `GET /voice-models` instead of a voice; it brings its own provider.')
  voiceModelId?: string;

  @IsOptional()
  @IsIn(AUDIO_FORMATS)
  format: (typeof AUDIO_FORMATS)[number] = 'mp3';

  @IsOptional()
  @IsNumber()
  @Min(0.5)
  @Max(2)
  @Example(1, '1 is natural.')
  speed: number = 1;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_AUDIO_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('local', PROVIDER)
  provider?: string;
}

/** Body of `POST /audio/tts`. */
export class TextToSpeechRequest extends SpeechWish {}

/** How a recording is to be written down. */
export class TranscribeFields {
  @IsOptional()
  @Fault(StudioErrors.UNSUPPORTED_LANGUAGE)
  @Matches(LANGUAGE, { message: 'languageHint must be a BCP 47 tag' })
  @Example('en-US', 'BCP 47; absent: detected where the provider can.')
  languageHint?: string;

  @IsOptional()
  @IsIn(TIMESTAMPS)
  @Describe('How finely the answer tells times.')
  timestamps: (typeof TIMESTAMPS)[number] = 'segment';

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_AUDIO_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('local', PROVIDER)
  provider?: string;
}

/** A recording by its address or as an asset; a form carries it as its `file`. */
export class TranscribeRequest extends TranscribeFields {
  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsString()
  @MaxLength(2_048)
  @Example('https://example.com/voice-note.m4a', 'This, `assetId`, or a form with a `file`.')
  audioUrl?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsUUID()
  assetId?: string;
}

/** What an estimate is told besides: it does not fetch the recording. */
export class EstimateTranscription extends TranscribeRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_SECONDS)
  @Describe('How long the recording is; absent: as long as recordings may be.')
  durationSeconds: number = LONGEST_SECONDS;
}

export class VoiceView {
  @IsString()
  @Example('flite-slt')
  id!: string;

  @IsString()
  @Example('SLT (flite, US English)')
  name!: string;

  @IsString()
  @Example('en-US', 'BCP 47; `mul` speaks many.')
  language!: string;

  @IsOptional()
  @IsIn(['female', 'male', 'neutral'])
  gender?: 'female' | 'male' | 'neutral';

  @IsIn(['standard', 'neural', 'cloned'])
  @Describe('What the price goes by.')
  kind!: 'standard' | 'neural' | 'cloned';

  @IsString()
  @Example('local')
  provider!: string;
}

export class LanguageView {
  @IsString()
  @Example('de-DE')
  language!: string;

  @IsString()
  @Example('German (Germany)')
  name!: string;

  @IsInt()
  @Example(2, 'How many voices speak it.')
  voices!: number;

  @IsIn([true, false])
  @Example(false, 'Whether recordings in it can be written down.')
  transcription!: boolean;
}

export class ListVoicesQuery {
  @IsOptional()
  @Matches(LANGUAGE)
  language?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  provider?: string;
}
