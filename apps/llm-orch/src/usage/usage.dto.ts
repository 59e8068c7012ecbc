import {
  IsBoolean,
  IsDateString,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { DEFAULT_PAGE_LIMIT, Describe, Example, Nullable } from '@eventzr/http';

export const GROUPINGS = ['day', 'model', 'provider', 'useCase', 'user'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** One paid call. */
export class UsageView {
  @IsUUID('all')
  id!: string;

  @IsUUID('all')
  userId!: string;

  @IsUUID('all')
  operationId!: string;

  @Nullable()
  @IsUUID('all')
  @Describe('The operation of another service that this call was part of.')
  parentOperationId!: string | null;

  @IsString()
  @Example('openai')
  provider!: string;

  @IsString()
  @Example('gpt-4.1-mini')
  model!: string;

  @IsString()
  @Example('event-description')
  useCase!: string;

  @IsInt()
  @Example(120)
  inputTokens!: number;

  @IsInt()
  @Example(340)
  outputTokens!: number;

  @IsInt()
  @Example(0)
  cachedTokens!: number;

  @IsIn(['provider', 'counted'])
  usageSource!: string;

  @IsNumber()
  @Example(0.000592)
  costUsd!: number;

  @IsString()
  @Example('2026-11-27.1')
  priceVersion!: string;

  @IsInt()
  @Example(10)
  creditsCharged!: number;

  @IsString()
  @Example('stop')
  finishReason!: string;

  @IsInt()
  @Example(812)
  latencyMs!: number;

  @IsInt()
  @Example(1)
  attempts!: number;

  @IsBoolean()
  streamed!: boolean;

  @IsBoolean()
  cached!: boolean;

  @IsDateString()
  createdAt!: string;
}

/** Which calls. */
export class UsagePeriod {
  @IsOptional()
  @IsDateString()
  @Example('2026-11-01T00:00:00Z', 'Calls from this instant on; default 30 days ago.')
  from?: string;

  @IsOptional()
  @IsDateString()
  @Example('2026-12-01T00:00:00Z', 'Calls before this instant.')
  to?: string;

  @IsOptional()
  @IsIn(['json', 'csv'])
  @Describe('csv answers everything that matches as a file; so does `Accept: text/csv`.')
  format?: 'json' | 'csv';
}

export class UsageQuery extends UsagePeriod {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  @Example(DEFAULT_PAGE_LIMIT, 'How many items at most.')
  limit: number = DEFAULT_PAGE_LIMIT;

  @IsOptional()
  @IsString()
  @MaxLength(1024)
  @Describe('Where to go on: `page.next_cursor` of the previous answer.')
  cursor?: string;
}

export class UsageSummaryQuery extends UsagePeriod {
  @IsOptional()
  @IsIn([...GROUPINGS])
  @Example('model')
  by: Grouping = 'day';
}

/** What a day, model, provider, use case or user used. */
export class UsageSummaryRow {
  @IsString()
  @Example('2026-11-27', 'The day (UTC), model, provider, use case or user.')
  group!: string;

  @IsInt()
  @Example(42)
  calls!: number;

  @IsInt()
  @Example(5_120)
  inputTokens!: number;

  @IsInt()
  @Example(14_300)
  outputTokens!: number;

  @IsInt()
  @Example(0)
  cachedTokens!: number;

  @IsNumber()
  @Example(0.0249)
  costUsd!: number;

  @IsInt()
  @Example(420)
  credits!: number;
}
