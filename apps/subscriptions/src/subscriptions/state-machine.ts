import type { SubscriptionEventType } from '../subscriptions.events.js';

export const SUBSCRIPTION_STATUSES = [
  'trial',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'expired',
] as const;

export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

export type MoveCause =
  | 'trial_started'
  | 'subscribed'
  | 'trial_converted'
  | 'trial_expired'
  | 'payment_failed'
  | 'payment_recovered'
  | 'dunning_exhausted'
  | 'cancelled'
  | 'paused'
  | 'resumed'
  | 'reactivated';

export interface Move {
  readonly cause: MoveCause;
  /** Null: a new subscription. */
  readonly from: SubscriptionStatus | null;
  readonly to: SubscriptionStatus;
  /** What the others hear of it. */
  readonly event: SubscriptionEventType;
}

/** Every move there is. What is not listed is refused with `…_INVALID_STATE`. */
export const MOVES: readonly Move[] = [
  { cause: 'trial_started', from: null, to: 'trial', event: 'eventzr.subscription.trial_started.v1' },
  { cause: 'subscribed', from: null, to: 'active', event: 'eventzr.subscription.created.v1' },
  { cause: 'trial_converted', from: 'trial', to: 'active', event: 'eventzr.subscription.trial_ended.v1' },
  { cause: 'trial_expired', from: 'trial', to: 'expired', event: 'eventzr.subscription.trial_ended.v1' },
  {
    cause: 'payment_failed',
    from: 'active',
    to: 'past_due',
    event: 'eventzr.subscription.payment_failed.v1',
  },
  {
    cause: 'payment_recovered',
    from: 'past_due',
    to: 'active',
    event: 'eventzr.subscription.payment_succeeded.v1',
  },
  { cause: 'dunning_exhausted', from: 'past_due', to: 'expired', event: 'eventzr.subscription.cancelled.v1' },
  { cause: 'cancelled', from: 'trial', to: 'cancelled', event: 'eventzr.subscription.cancelled.v1' },
  { cause: 'cancelled', from: 'active', to: 'cancelled', event: 'eventzr.subscription.cancelled.v1' },
  { cause: 'cancelled', from: 'past_due', to: 'cancelled', event: 'eventzr.subscription.cancelled.v1' },
  { cause: 'cancelled', from: 'paused', to: 'cancelled', event: 'eventzr.subscription.cancelled.v1' },
  { cause: 'paused', from: 'active', to: 'paused', event: 'eventzr.subscription.paused.v1' },
  { cause: 'resumed', from: 'paused', to: 'active', event: 'eventzr.subscription.resumed.v1' },
  { cause: 'reactivated', from: 'cancelled', to: 'active', event: 'eventzr.subscription.reactivated.v1' },
];

/** Statuses that give access to what was paid for; `past_due` is the grace during which we ask again. */
export const WITH_ACCESS: ReadonlySet<SubscriptionStatus> = new Set(['trial', 'active', 'past_due']);

/** Statuses that count as the one live subscription of a user or team. */
export const LIVE: ReadonlySet<SubscriptionStatus> = new Set(['trial', 'active', 'past_due', 'paused']);

/** The move that `cause` makes from `from`; undefined when there is none. */
export function findMove(from: SubscriptionStatus | null, cause: MoveCause): Move | undefined {
  return MOVES.find((move) => move.from === from && move.cause === cause);
}
