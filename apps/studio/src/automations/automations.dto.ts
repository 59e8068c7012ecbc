import { Type } from 'class-transformer';
import { IsBoolean, IsDateString, IsDefined, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Describe, Nullable } from '@eventzr/http';

/** What is made when EventZR tells of a new event. */
export class EventCreatedSettings {
  @IsBoolean()
  @Describe('A poster for every new event.')
  poster!: boolean;

  @IsBoolean()
  @Describe('An invitation with its calendar file for every new event.')
  invitation!: boolean;

  @IsOptional()
  @IsUUID()
  brandKitId?: string;

  @IsOptional()
  @IsUUID()
  @Describe('Absent: a layout with a scene picture.')
  templateId?: string;
}

export class AutomationsBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => EventCreatedSettings)
  eventCreated!: EventCreatedSettings;
}

export class AutomationsView extends AutomationsBody {
  @Nullable()
  @IsDateString()
  updatedAt!: string | null;

  @Nullable()
  @IsUUID()
  updatedBy!: string | null;
}
