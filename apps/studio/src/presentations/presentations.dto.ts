import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
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
import { IsLocale } from '../is-locale.js';
import { StudioErrors } from '../studio.errors.js';

export const DECK_FORMATS = ['pptx', 'pdf'] as const;
export const CHART_TYPES = ['bar', 'line', 'doughnut'] as const;
const LARGEST_SEED = 4_294_967_295;
const MOST_SLIDES = 30;
const MOST_VALUES = 12;

export class ChartSeries {
  @IsString()
  @Length(1, 60)
  name!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @IsNumber({ allowNaN: false, allowInfinity: false }, { each: true })
  @Describe('One number for each label.')
  values!: number[];
}

export class SlideChart {
  @IsIn(CHART_TYPES)
  type!: (typeof CHART_TYPES)[number];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  labels!: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @ValidateNested({ each: true })
  @Type(() => ChartSeries)
  series!: ChartSeries[];

  @IsOptional()
  @IsString()
  @Length(1, 12)
  @Example('EUR')
  unit?: string;
}

export class OutlineSlide {
  @IsString()
  @Length(1, 160)
  @Matches(/\S/, { message: 'title must not be blank' })
  @Example('Budget')
  title!: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(400, { each: true })
  bullets?: string[];

  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  @Describe('Speaker notes.')
  notes?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => SlideChart)
  chart?: SlideChart;

  @IsOptional()
  @IsString()
  @Length(1, 1_000)
  @Describe('What the picture of the slide shows.')
  imagePrompt?: string;
}

export class SlideBrand {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(6)
  @Matches(/^#[0-9a-fA-F]{6}$/, { each: true })
  @Describe('The first leads.')
  colours!: string[];

  @IsOptional()
  @IsString()
  @Length(1, 60)
  fontFamily?: string;
}

/** One request for a presentation: a topic, or an outline. */
export class GeneratePresentationRequest {
  @IsOptional()
  @Fault(StudioErrors.INVALID_TOPIC)
  @IsString()
  @Length(1, 2_000)
  @Matches(/\S/, { message: 'topic must not be blank' })
  @Example('Tech conference in Lisbon on 12 June 2027 for 600 attendees with a budget of €180,000')
  topic?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Example('the board', 'Who will see it.')
  audience?: string;

  @IsOptional()
  @Fault(StudioErrors.INVALID_OUTLINE)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SLIDES)
  @ValidateNested({ each: true })
  @Type(() => OutlineSlide)
  @Describe('The slides one by one; `slides` is then not used.')
  outline?: OutlineSlide[];

  @IsOptional()
  @Fault(StudioErrors.INVALID_SLIDE_COUNT)
  @IsInt()
  @Min(1)
  @Max(MOST_SLIDES)
  slides: number = 8;

  @IsOptional()
  @IsBoolean()
  @Describe('False leaves the pictures out, and their price.')
  images: boolean = true;

  @IsOptional()
  @IsBoolean()
  @Describe('False leaves the charts out, and their price.')
  charts: boolean = true;

  @IsOptional()
  @IsIn(DECK_FORMATS)
  format: (typeof DECK_FORMATS)[number] = 'pptx';

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(DECK_FORMATS, { each: true })
  @Describe('Several formats of the same deck, at the price of one; `format` is then not used.')
  formats?: (typeof DECK_FORMATS)[number][];

  @IsOptional()
  @Fault(StudioErrors.UNKNOWN_SLIDE_THEME)
  @IsString()
  @Length(1, 40)
  @Example(
    'aurora',
    'A theme (aurora, slate, sunrise, forest, elegant), or the id of a template of the kind presentation, which brings the slides.',
  )
  templateId?: string;

  @IsOptional()
  @IsObject()
  @Describe(
    'Values of the template\'s slots, such as `{ "event": "Riverside Summer Festival" }`, for templates that have them; topic and audience fill slots of their names. Pictures are https addresses, data URIs or ids of assets.',
  )
  slots?: Record<string, unknown>;

  @IsOptional()
  @IsString()
  @IsLocale()
  @Example('en-GB', 'How dates and numbers of slots are written.')
  locale: string = 'en-GB';

  @IsOptional()
  @IsUUID()
  @Describe('Its colours, letters and logo are worn by every slide; `brand` takes their place.')
  brandKitId?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => SlideBrand)
  brand?: SlideBrand;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEED)
  @Describe('Same seed, same pictures; absent: drawn at random.')
  seed?: number;
}
