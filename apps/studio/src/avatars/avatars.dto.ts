import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min, MinLength } from 'class-validator'; // prettier-ignore
import { Describe, Example, Fault } from '@eventzr/http';
import { VisibleLabel } from '../provenance/visible-label.js';
import { AVATAR_RESOLUTIONS } from '../providers/avatar-provider.js';
import { StudioErrors } from '../studio.errors.js';

const LARGEST_SEED = 4_294_967_295;
const SCRIPT_LIMIT = 5_000;
const LONGEST_SECONDS = 600;

/** One request for a talking head: a script or a recording is required, nothing else. */
export class TalkingHeadRequest {
  @IsOptional()
  @Fault(StudioErrors.INVALID_SCRIPT)
  @IsString()
  @Length(1, SCRIPT_LIMIT)
  @Matches(/[\p{L}\p{N}]/u, { message: 'script must have something to say' })
  @Example('Welcome to our spring festival!', 'What is said; or `audioUrl` or `assetId`.')
  script?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsString()
  @MinLength(1)
  @Describe('A recording that the lips move to: an `https:` address, a link of this service, or a data URI.')
  audioUrl?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_MEDIA_INPUT)
  @IsUUID()
  @Describe('A recording that this service made.')
  assetId?: string;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_PRESENTER)
  @IsString()
  @Length(1, 128)
  @Example('maya', 'One of `GET /avatars/presenters`; absent: the first of the provider.')
  presenter?: string;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_AVATAR_VOICE)
  @IsString()
  @Length(1, 128)
  @Example('flite-slt', 'Who speaks the script; absent: the presenter’s own voice.')
  voice?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_BACKGROUND)
  @IsString()
  @MinLength(1)
  @Example('office', 'A colour (`#336699`), studio, office, stage, garden, or the address of a picture.')
  background: string = 'studio';

  @IsOptional()
  @IsIn(AVATAR_RESOLUTIONS)
  resolution: (typeof AVATAR_RESOLUTIONS)[number] = '720p';

  @IsOptional()
  @IsBoolean()
  @Describe('True: the words are written under the picture while they are said, where the provider can.')
  captions: boolean = false;

  @VisibleLabel()
  label: boolean = false;

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_AVATAR_PROVIDER)
  @IsString()
  @Length(1, 64)
  @Example('local', 'Absent: the presenter’s, else the first configured provider.')
  provider?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  seed?: number;
}

/** What an estimate is told besides: it does not fetch the recording. */
export class EstimateTalkingHead extends TalkingHeadRequest {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_SECONDS)
  @Describe('How long the recording is; absent: as long as recordings may be.')
  durationSeconds: number = LONGEST_SECONDS;
}

export class PresenterView {
  @IsString()
  @Example('maya')
  id!: string;

  @IsString()
  @Example('Maya')
  name!: string;

  @IsString()
  @Example('local')
  provider!: string;

  @IsString()
  @Example('flite-slt', 'Speaks a script without another wish.')
  voice!: string;

  @IsOptional()
  @IsString()
  @Describe('A picture: an address or a data URI, which opens without a header.')
  previewUrl?: string;
}
