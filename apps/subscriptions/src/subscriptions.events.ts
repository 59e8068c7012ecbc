import type { BillingCycle, SubscriptionTier } from './plans/tiers.js';
import type { SubscriptionStatus } from './subscriptions/state-machine.js';

/** The type, which is also the topic, of every event that subscriptions produces. */
export const SUBSCRIPTION_EVENTS = [
  'eventzr.subscription.created.v1',
  'eventzr.subscription.upgraded.v1',
  'eventzr.subscription.downgraded.v1',
  'eventzr.subscription.cancelled.v1',
  'eventzr.subscription.paused.v1',
  'eventzr.subscription.resumed.v1',
  'eventzr.subscription.reactivated.v1',
  'eventzr.subscription.payment_succeeded.v1',
  'eventzr.subscription.payment_failed.v1',
  'eventzr.subscription.quota_exceeded.v1',
  'eventzr.subscription.trial_started.v1',
  'eventzr.subscription.trial_progressed.v1',
  'eventzr.subscription.trial_ended.v1',
  'eventzr.subscription.referral_applied.v1',
] as const;

export type SubscriptionEventType = (typeof SUBSCRIPTION_EVENTS)[number];

/** As documented for `created`; every event about a subscription carries it. */
export interface SubscriptionFacts {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly actorType: 'user' | 'team';
  readonly actorId: string;
  readonly planId: string;
  readonly tier: SubscriptionTier;
  readonly billingCycle: BillingCycle;
  readonly status: SubscriptionStatus;
}

export type SubscriptionCreated = SubscriptionFacts;

export interface SubscriptionPlanChanged extends SubscriptionFacts {
  readonly previousPlanId: string;
  readonly previousTier: SubscriptionTier;
}

export interface SubscriptionCancelled extends SubscriptionFacts {
  readonly cancelledAt: string;
  readonly reason: string | null;
}

export type SubscriptionPaused = SubscriptionFacts;
export type SubscriptionResumed = SubscriptionFacts;
export type SubscriptionReactivated = SubscriptionFacts;

/** What was billed. `invoiceId` is the source id from which the wallet derives the transfer of the credits. */
export interface PaymentSucceeded extends SubscriptionFacts {
  readonly invoiceId: string;
  readonly periodIndex: number;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly amountCents: number;
  readonly currency: string;
  /** Granted once for this period; 0 when the plan grants none. */
  readonly aiCredits: number;
}

export interface PaymentFailed extends PaymentSucceeded {
  readonly declineCode: string;
  readonly attempt: number;
  /** Null after a hard decline: only a new payment method helps. */
  readonly nextRetryAt: string | null;
}

export interface QuotaExceeded {
  readonly tenantId: string;
  readonly subscriptionId: string | null;
  readonly actorType: 'user' | 'team';
  readonly actorId: string;
  readonly metric: string;
  readonly limit: number;
  readonly used: number;
}

export interface TrialStarted extends SubscriptionFacts {
  readonly trialEnd: string;
  readonly aiCredits: number;
}

export interface TrialProgressed extends SubscriptionFacts {
  readonly phase: string;
  readonly nextPhase: string;
}

export interface TrialEnded extends SubscriptionFacts {
  readonly converted: boolean;
}

export interface ReferralApplied {
  readonly tenantId: string;
  readonly referralId: string;
  readonly referrerId: string;
  readonly refereeId: string;
  readonly code: string;
}
