import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  Equals,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Example, IsInstant } from '@eventzr/http';

const ANY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A CloudEvents 1.0 event in structured form. */
export class CloudEventDto {
  @Equals('1.0')
  @Example('1.0')
  specversion!: '1.0';

  @Matches(ANY_UUID, { message: 'id must be a UUID' })
  @Example('019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b')
  id!: string;

  @IsString()
  @MaxLength(200)
  @Example('eventzr.studio.render-job.completed.v1')
  type!: string;

  @IsString()
  @MaxLength(100)
  @Example('studio-svc')
  source!: string;

  @Matches(ANY_UUID, { message: 'subject must be the UUID of a tenant' })
  @Example('00000000-0000-0000-0000-000000000001')
  subject!: string;

  @IsInstant()
  @Example('2026-01-15T09:00:00.000Z')
  time!: string;

  @Equals('application/json')
  @Example('application/json')
  datacontenttype!: 'application/json';

  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  @Example(1)
  sequence!: number;

  @IsString()
  @MaxLength(200)
  @Example('019a2b3c-0000-7000-8000-000000000001')
  aggregateid!: string;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  traceparent?: string;

  @IsObject()
  @Example({ jobId: '019a2b3c-0000-7000-8000-000000000001' })
  data!: Record<string, unknown>;
}

export class EventBatchDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CloudEventDto)
  events!: CloudEventDto[];
}

/** What became of a batch. */
export class EventReceiptDto {
  @IsInt()
  @Example(1, 'Stored now, to be handled.')
  accepted!: number;

  @IsInt()
  @Example(0, 'Stored before.')
  duplicates!: number;

  @IsInt()
  @Example(0, 'Of a type that this service does not handle.')
  ignored!: number;
}
