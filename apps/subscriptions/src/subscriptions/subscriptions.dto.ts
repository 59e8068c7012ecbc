import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, IsInstant, PageQuery } from '@eventzr/http';
import { AUDIENCES, BILLING_CYCLES, SUBSCRIPTION_TIERS } from '../plans/tiers.js';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from './state-machine.js';

export class ListSubscriptionsQuery extends PageQuery {
  @IsOptional()
  @IsIn(SUBSCRIPTION_STATUSES)
  status?: SubscriptionStatus;

  @IsOptional()
  @IsUUID('loose')
  planId?: string;

  @IsOptional()
  @IsUUID('loose')
  @Describe('The subscribed user or team; for organizers and admins.')
  actorId?: string;
}

/** Where a page of subscriptions ends. */
export class SubscriptionPosition {
  @IsInstant()
  createdAt!: string;

  @IsUUID('loose')
  id!: string;
}

export class SubscribedPlan {
  @IsUUID('loose')
  id!: string;

  @IsString()
  @Example('PRO')
  code!: string;

  @IsString()
  @Example('PRO')
  name!: string;

  @IsIn(SUBSCRIPTION_TIERS)
  @Example('PRO')
  tier!: string;

  @IsIn(BILLING_CYCLES)
  @Example('monthly')
  billingCycle!: string;
}

/** Half-open: `start` belongs to it, `end` does not. */
export class BillingPeriod {
  @IsInt()
  @Min(0)
  @Example(3)
  index!: number;

  @IsISO8601()
  @Example('2026-11-01T00:00:00.000Z')
  start!: string;

  @IsISO8601()
  @Example('2026-12-01T00:00:00.000Z')
  end!: string;
}

export class SubscriptionView {
  @IsUUID('loose')
  id!: string;

  @IsIn(AUDIENCES)
  @Example('user')
  actorType!: string;

  @IsUUID('loose')
  actorId!: string;

  @ValidateNested()
  @Type(() => SubscribedPlan)
  plan!: SubscribedPlan;

  @IsIn(SUBSCRIPTION_STATUSES)
  @Example('active')
  status!: string;

  @IsBoolean()
  @Describe('Whether it gives access to the plan’s features now.')
  access!: boolean;

  @IsInt()
  @Example(9999, 'Whole cents per period, as agreed on when subscribing.')
  priceCents!: number;

  @IsISO4217CurrencyCode()
  @Example('USD')
  currency!: string;

  @IsInt()
  @Example(10_000, 'Credits that each paid period grants.')
  aiCredits!: number;

  @ValidateNested()
  @Type(() => BillingPeriod)
  currentPeriod!: BillingPeriod;

  @IsString()
  @Example('Europe/Berlin', 'Zone in which billing days are counted.')
  timeZone!: string;

  @IsOptional()
  @IsISO8601()
  nextRenewalAt!: string | null;

  @IsOptional()
  @IsISO8601()
  trialEndsAt!: string | null;

  @IsBoolean()
  cancelAtPeriodEnd!: boolean;

  @IsOptional()
  @IsISO8601()
  endedAt!: string | null;

  @IsISO8601()
  createdAt!: string;

  @IsISO8601()
  updatedAt!: string;
}
