import { defineErrors } from '@eventzr/http';

/** The documented codes, all under `ERR_SUBSCRIPTIONS_`. */
export const SubscriptionsErrors = defineErrors({
  SUBSCRIPTION_NOT_FOUND: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_NOT_FOUND',
    http: 404,
    message: 'There is no subscription with this id.',
  },
  SUBSCRIPTION_ALREADY_EXISTS: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_ALREADY_EXISTS',
    http: 409,
    message: 'This user or team has an active subscription already.',
  },
  SUBSCRIPTION_INVALID_STATE: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_INVALID_STATE',
    http: 400,
    message: 'The subscription cannot make this move from its present status.',
  },
  SUBSCRIPTION_CANNOT_UPGRADE: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_CANNOT_UPGRADE',
    http: 400,
    message: 'An upgrade needs an active subscription and a higher plan.',
  },
  SUBSCRIPTION_CANNOT_DOWNGRADE: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_CANNOT_DOWNGRADE',
    http: 400,
    message: 'A downgrade needs an active subscription and a lower plan.',
  },
  SUBSCRIPTION_ALREADY_CANCELLED: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_ALREADY_CANCELLED',
    http: 400,
    message: 'The subscription is cancelled already.',
  },
  SUBSCRIPTION_NOT_ACTIVE: {
    code: 'ERR_SUBSCRIPTIONS_SUBSCRIPTION_NOT_ACTIVE',
    http: 400,
    message: 'The subscription is not active.',
  },
  PLAN_NOT_FOUND: {
    code: 'ERR_SUBSCRIPTIONS_PLAN_NOT_FOUND',
    http: 404,
    message: 'There is no plan with this id.',
  },
  PLAN_INACTIVE: {
    code: 'ERR_SUBSCRIPTIONS_PLAN_INACTIVE',
    http: 400,
    message: 'The plan is not offered any more.',
  },
  PLAN_INVALID_TIER: {
    code: 'ERR_SUBSCRIPTIONS_PLAN_INVALID_TIER',
    http: 400,
    message: 'There is no tier of this name.',
  },
  QUOTA_NOT_FOUND: {
    code: 'ERR_SUBSCRIPTIONS_QUOTA_NOT_FOUND',
    http: 404,
    message: 'There is no quota for this metric.',
  },
});
