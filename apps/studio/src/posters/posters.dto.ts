import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Describe, Example, Fault } from '@eventzr/http';
import { VisibleLabel } from '../provenance/visible-label.js';
import { PAGE_NAMES, type PageName } from '../providers/local/posters/sizes.js';
import { IsLocale } from '../is-locale.js';
import { StudioErrors } from '../studio.errors.js';

export const POSTER_DESIGNS = ['template', 'layout', 'layout-and-image'] as const;
export const POSTER_FORMATS = ['png', 'pdf', 'svg'] as const;
const LARGEST_SEED = 4_294_967_295;
const LONGEST_DATA_URI = 36_000_000;
const WEB = { protocols: ['https', 'http'], require_protocol: true, require_tld: false };

/** What posters and invitations have in common. Only title, date and venue are required. */
export class GeneratePosterRequest {
  @Fault(StudioErrors.INVALID_POSTER)
  @IsString()
  @Length(1, 120)
  @Matches(/\S/, { message: 'title must not be blank' })
  @Example('Riverside Summer Festival')
  title!: string;

  @Fault(StudioErrors.INVALID_EVENT_DATE)
  @Fault(StudioErrors.INVALID_POSTER, ['required'])
  @IsString()
  @Length(8, 40)
  @Example('2027-06-12T19:30+02:00', 'ISO 8601, with or without time and zone; set in words.')
  date!: string;

  @Fault(StudioErrors.INVALID_POSTER)
  @IsString()
  @Length(1, 160)
  @Matches(/\S/, { message: 'venue must not be blank' })
  @Example('Palmengarten, Frankfurt am Main')
  venue!: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_EVENT_DATE)
  @IsString()
  @Length(8, 40)
  @Describe('When it ends, for the calendar file.')
  endDate?: string;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  @Example('Europe/Berlin', 'IANA zone in which the date is meant and shown.')
  timeZone?: string;

  @IsOptional()
  @IsString()
  @IsLocale()
  @Example('en-GB', 'Language of the date and of our own few words.')
  locale: string = 'en-GB';

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(12)
  @IsString({ each: true })
  @Length(1, 80, { each: true })
  @Example(['Ada Lovelace', 'Grace Hopper'])
  hosts: string[] = [];

  @IsOptional()
  @IsString()
  @Length(1, 400)
  description?: string;

  @IsOptional()
  @IsIn(POSTER_DESIGNS)
  @Describe(
    'What is made: a template filled in (15 credits), a layout composed from the words (25), or that with a scene picture (40). By default layout-and-image, with a templateId template.',
  )
  design?: (typeof POSTER_DESIGNS)[number];

  @IsOptional()
  @IsUUID()
  templateId?: string;

  @IsOptional()
  @IsObject()
  @Example(
    { speaker: 'Ada Lovelace' },
    "Values of the template's further slots; title, date, venue, description and link fill slots of their names.",
  )
  slots?: Record<string, unknown>;

  @IsOptional()
  @IsUUID()
  brandKitId?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(3)
  @Matches(/^#[0-9a-fA-F]{6}$/, { each: true, message: 'colours must be such as #1f5eff' })
  @Example(['#1f5eff', '#ffb703'], 'Take the place of the brand kit and of the layout.')
  colours?: string[];

  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_DATA_URI)
  @Describe('An https address, a data URI or the id of an asset.')
  logo?: string;

  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  @Example('lanterns over a river at dusk', 'What the picture shows; absent: what title and description say.')
  imagePrompt?: string;

  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(500)
  @Describe('Becomes a QR code.')
  ticketUrl?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(POSTER_FORMATS, { each: true })
  @Example(['png', 'pdf'])
  formats: (typeof POSTER_FORMATS)[number][] = ['png'];

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PAGE_NAMES, { each: true })
  @Example(['a4', 'instagram-square'], 'One file for each size and format, with a role such as a4.png.')
  sizes: PageName[] = ['a4'];

  @VisibleLabel()
  label: boolean = false;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same poster; absent: drawn at random.')
  seed?: number;
}

/** An invitation: with a QR code where there is an address to lead to, and always with a calendar file. */
export class GenerateInvitationRequest extends GeneratePosterRequest {
  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(500)
  @Describe('Where guests answer; becomes the QR code, before ticketUrl.')
  rsvpUrl?: string;

  @IsOptional()
  @IsString()
  @Length(1, 80)
  @Example('Priya Sharma', 'Whom it is for.')
  invitee?: string;
}
