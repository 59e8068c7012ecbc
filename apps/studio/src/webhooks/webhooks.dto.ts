import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';
import { Describe, Example, Fault, PageQuery } from '@eventzr/http';
import { StudioErrors } from '../studio.errors.js';
import { WEBHOOK_EVENT_TYPES } from './webhook-events.js';

type EventType = (typeof WEBHOOK_EVENT_TYPES)[number];

export class CreateWebhookRequest {
  @Fault(StudioErrors.WEBHOOK_URL_REFUSED)
  @IsString()
  @Length(9, 2_000)
  @Example('https://example.com/hooks/eventzr', 'https, on a public address.')
  url!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true })
  @Example(['render-job.completed', 'render-job.failed'])
  eventTypes!: EventType[];

  @IsOptional()
  @IsString()
  @Length(1, 200)
  description?: string;
}

export class ChangeWebhookRequest {
  @IsOptional()
  @Fault(StudioErrors.WEBHOOK_URL_REFUSED)
  @IsString()
  @Length(9, 2_000)
  url?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_EVENT_TYPES.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_EVENT_TYPES, { each: true })
  eventTypes?: EventType[];

  @IsOptional()
  @IsString()
  @Length(1, 200)
  description?: string;

  @IsOptional()
  @IsBoolean()
  @Describe('True also switches on again what a 410 switched off.')
  active?: boolean;
}

export class WebhookView {
  @IsUUID()
  id!: string;

  @IsString()
  @Example('https://example.com/hooks/eventzr')
  url!: string;

  @IsArray()
  @IsString({ each: true })
  @Example(['render-job.completed'])
  eventTypes!: string[];

  @IsOptional()
  @IsString()
  description?: string;

  @IsBoolean()
  active!: boolean;

  @IsOptional()
  @IsString()
  @Example('it answered 410 Gone')
  disabledReason?: string;

  @IsISO8601()
  createdAt!: string;

  @IsISO8601()
  updatedAt!: string;
}

export class WebhookWithSecret extends WebhookView {
  @IsOptional()
  @IsString()
  @Example('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'Shown once; null when a request is repeated.')
  secret!: string | null;
}

export class DeliveryView {
  @IsUUID()
  @Describe('The `webhook-id` of the message.')
  id!: string;

  @IsUUID()
  webhookId!: string;

  @IsString()
  @Example('render-job.completed')
  eventType!: string;

  @IsIn(['pending', 'delivered', 'failed'])
  status!: string;

  @IsInt()
  attempts!: number;

  @IsOptional()
  @IsInt()
  @Example(200, 'What the other side answered last.')
  lastStatus!: number | null;

  @IsOptional()
  @IsString()
  lastError!: string | null;

  @IsOptional()
  @IsISO8601()
  nextAttemptAt!: string | null;

  @IsISO8601()
  createdAt!: string;

  @IsOptional()
  @IsISO8601()
  finishedAt!: string | null;
}

export class ListWebhooksQuery extends PageQuery {}
