import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsDefined, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, MaxLength, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example } from '@eventzr/http';

const UUID = /^[0-9a-f-]{36}$/;
export const VOICE_MODEL_STATES = ['pending', 'training', 'ready', 'failed'] as const;

/** A recording by its address or as an asset: exactly one. */
export class RecordingSource {
  @IsOptional()
  @IsString()
  @MaxLength(2_048)
  @Example('https://example.com/sample.mp3')
  audioUrl?: string;

  @IsOptional()
  @IsUUID()
  assetId?: string;
}

/** That the person whose voice it is agreed, in their own recorded words. */
export class ConsentRequest {
  @IsString()
  @Length(1, 200)
  @Example('Asha Rao', 'Whose voice it is.')
  speaker!: string;

  @IsString()
  @Length(20, 2_000)
  @Example('I agree that EventZR makes an artificial voice from recordings of mine for our event.')
  statement!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => RecordingSource)
  @Describe('The speaker saying the statement.')
  recording!: RecordingSource;
}

export class CreateVoiceModelRequest {
  @IsString()
  @Length(1, 100)
  @Example('Our host')
  name!: string;

  @IsOptional()
  @Matches(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
  @Example('en-US')
  language: string = 'en-US';

  @IsDefined()
  @ValidateNested()
  @Type(() => ConsentRequest)
  consent!: ConsentRequest;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => RecordingSource)
  samples!: RecordingSource[];
}

export class RenameVoiceModelRequest {
  @IsString()
  @Length(1, 100)
  @Example('Our second host')
  name!: string;
}

export class ConsentView {
  @IsString()
  @Example('Asha Rao')
  speaker!: string;

  @IsString()
  @Example('I agree that EventZR makes an artificial voice from recordings of mine for our event.')
  statement!: string;

  @Matches(UUID)
  @Describe('The user who recorded the consent here.')
  recordedBy!: string;

  @IsISO8601()
  recordedAt!: string;
}

export class VoiceModelView {
  @Matches(UUID)
  id!: string;

  @IsString()
  @Example('Our host')
  name!: string;

  @IsString()
  @Example('en-US')
  language!: string;

  @IsIn(VOICE_MODEL_STATES)
  state!: (typeof VOICE_MODEL_STATES)[number];

  @IsString()
  @Example('elevenlabs')
  provider!: string;

  @ValidateNested()
  @Type(() => ConsentView)
  consent!: ConsentView;

  @IsOptional()
  @IsString()
  @Example(null, 'Why it failed.')
  errorCode!: string | null;

  @IsISO8601()
  createdAt!: string;

  @IsOptional()
  @IsISO8601()
  readyAt!: string | null;
}
