import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Describe, Example, Fault, PageQuery } from '@eventzr/http';
import { SubscriptionsErrors } from '../subscriptions.errors.js';
import { AUDIENCES, BILLING_CYCLES, SUBSCRIPTION_TIERS } from './tiers.js';
import type { Audience, BillingCycle, SubscriptionTier } from './tiers.js';

export class ListPlansQuery extends PageQuery {
  @IsOptional()
  @IsIn(AUDIENCES)
  @Describe('Plans for one person or for a team.')
  audience?: Audience;

  @IsOptional()
  @Fault(SubscriptionsErrors.PLAN_INVALID_TIER)
  @IsIn(SUBSCRIPTION_TIERS)
  tier?: SubscriptionTier;

  @IsOptional()
  @IsIn(BILLING_CYCLES)
  billingCycle?: BillingCycle;
}

/** The largest number of its column. */
const MOST_POSITION = 2_147_483_647;

/** Where a page of plans ends. */
export class PlanPosition {
  @IsInt()
  @Min(0)
  @Max(MOST_POSITION)
  position!: number;
}

/** Null means unlimited. */
export class PlanLimits {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Example(200)
  events!: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Example(214_748_364_800)
  storageBytes!: number | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Example(null, 'For teams: how many members.')
  members!: number | null;
}

export class PlanView {
  @IsUUID('loose')
  @Example('b0000000-0000-4000-8000-000000000004')
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

  @IsIn(AUDIENCES)
  @Example('user')
  audience!: string;

  @IsIn(BILLING_CYCLES)
  @Example('monthly')
  billingCycle!: string;

  @IsInt()
  @Min(0)
  @Example(9999, 'Whole cents per period.')
  priceCents!: number;

  @IsISO4217CurrencyCode()
  @Example('USD')
  currency!: string;

  @IsInt()
  @Min(0)
  @Example(10_000, 'Credits that each paid period grants.')
  aiCredits!: number;

  @ValidateNested()
  @Type(() => PlanLimits)
  limits!: PlanLimits;

  @IsInt()
  @Min(0)
  @Example(14)
  trialDays!: number;

  @IsBoolean()
  popular!: boolean;

  @IsBoolean()
  active!: boolean;
}
