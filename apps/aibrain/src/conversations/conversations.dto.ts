import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator'; // prettier-ignore
import { Describe, Example } from '@eventzr/http';
import { OrchestrationRecord } from '../orchestration/orchestration.dto.js';

const UUID = /^[0-9a-f-]{36}$/;

export class CreateConversation {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'title must not be blank' })
  @Example('Summer party')
  title: string = 'New conversation';
}

export class ChangeConversation {
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'title must not be blank' })
  @Example('Summer party 2027')
  title?: string;

  @IsOptional()
  @IsBoolean()
  @Describe('A locked conversation takes no more turns.')
  locked?: boolean;

  @IsOptional()
  @IsBoolean()
  @Describe('Neither does an archived one.')
  archived?: boolean;

  @IsOptional()
  @IsBoolean()
  @Describe('Lets organizers and admins of the tenant read it.')
  shared?: boolean;
}

export class ConversationView {
  @Matches(UUID)
  id!: string;

  @IsString()
  @Example('Summer party')
  title!: string;

  @IsInt()
  @Example(3)
  turns!: number;

  @IsInt()
  @Example(50)
  maxTurns!: number;

  @IsBoolean()
  locked!: boolean;

  @IsBoolean()
  archived!: boolean;

  @IsBoolean()
  shared!: boolean;

  @IsBoolean()
  @Describe('Whether it is yours; one that somebody shared can be read only.')
  own!: boolean;

  @IsISO8601()
  createdAt!: string;

  @IsISO8601()
  updatedAt!: string;
}

export class DeletedConversation {
  @Matches(UUID)
  id!: string;

  @IsInt()
  @Describe('Turns that were deleted with it.')
  @Example(3)
  deletedTurns!: number;
}

export const EXPORT_FORMATS = ['json', 'markdown'] as const;

export class ExportQuery {
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  @Describe('`markdown` answers a file to read; so does `Accept: text/markdown`.')
  format?: (typeof EXPORT_FORMATS)[number];
}

export class ConversationExport {
  @ValidateNested()
  @Type(() => ConversationView)
  conversation!: ConversationView;

  @ValidateNested({ each: true })
  @Type(() => OrchestrationRecord)
  @Describe('All of them, the oldest first.')
  turns!: OrchestrationRecord[];
}
