import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

/** The environment of subscriptions. */
export class SubscriptionsConfig extends HouseConfig {
  /** Who moves money; absent: `local` when embedded, otherwise nobody does. */
  @IsOptional()
  @IsIn(['local', 'off'])
  paymentProvider?: 'local' | 'off';

  /** How many renewals one transaction takes. */
  @IsInt()
  @Min(1)
  @Max(5_000)
  renewalBatchSize = 500;

  /** A run stops taking new batches after this time; what is left is reported as remaining. */
  @IsInt()
  @Min(1)
  @Max(3_600)
  renewalRunSeconds = 240;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
