import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
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
import { Describe, Example, Nullable, PageQuery } from '@eventzr/http';
import { SLOT_TYPES, type SlotType } from './template-slots.js';

export const TEMPLATE_KINDS = ['poster', 'invitation', 'presentation'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export class SlotBody {
  @Matches(/^[a-zA-Z][\w-]{0,39}$/, { message: 'name must be 1 to 40 letters, figures, - and _' })
  @Example('title')
  name!: string;

  @IsIn(SLOT_TYPES)
  @Example('text')
  type!: SlotType;

  @IsOptional()
  @IsBoolean()
  required: boolean = false;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  @Example(80, 'Of texts, in characters.')
  maxLength?: number;
}

/** What a template is made of. */
export class TemplateContent {
  @IsString()
  @Length(1, 120)
  @Example('House style')
  name!: string;

  @IsArray()
  @ArrayMaxSize(40)
  @ValidateNested({ each: true })
  @Type(() => SlotBody)
  slots!: SlotBody[];

  @IsObject()
  @Example(
    {
      type: 'box',
      padding: 8,
      gap: 2,
      fill: 'paper',
      children: [{ type: 'text', text: '{{title}}', size: 10, colour: 'ink' }],
    },
    'Of papers: a tree of box, layers, text, image, qr and shape; lengths are hundredths of the square root of the page area. Of presentations: `{ "type": "deck", "theme": "slate", "colours": ["{{tint}}"], "slides": [{ "layout": "title", "title": "{{event}}", "bullets": ["…"], "image": "photo", "when": "photo" }] }`; a slide may have subtitle, bullets, columns, timeline, table, chart, imagePrompt, image, notes and when.',
  )
  body!: Record<string, unknown>;
}

export class CreateTemplateRequest extends TemplateContent {
  @IsIn(TEMPLATE_KINDS)
  @Example('poster')
  kind!: TemplateKind;
}

export class UpdateTemplateRequest extends TemplateContent {
  @IsInt()
  @Min(1)
  @Example(1, 'The version that was read; the change becomes the next one.')
  version!: number;
}

export class ListTemplatesQuery extends PageQuery {
  @IsOptional()
  @IsIn(TEMPLATE_KINDS)
  kind?: TemplateKind;
}

export class TemplateView {
  @IsUUID()
  id!: string;

  @IsIn(TEMPLATE_KINDS)
  kind!: TemplateKind;

  @IsString()
  name!: string;

  @IsBoolean()
  @Describe('Built in: listed first, and not to be changed.')
  system!: boolean;

  @IsInt()
  version!: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => SlotBody)
  slots!: SlotBody[];

  @Nullable()
  @IsObject()
  @Describe('Null for built-in templates, which are drawn by code.')
  body!: Record<string, unknown> | null;

  @Nullable()
  @IsDateString()
  updatedAt!: string | null;

  @Nullable()
  @IsString()
  @MaxLength(36)
  updatedBy!: string | null;
}
