/** From the lowest to the highest, users' before teams'. */
export const SUBSCRIPTION_TIERS = [
  'BASE',
  'STUDENT',
  'STARTUP',
  'PRO',
  'PROMAX',
  'ENTERPRISE',
  'TEAM_BASE',
  'TEAM_PRO',
  'TEAM_ENTERPRISE',
] as const;

export type SubscriptionTier = (typeof SUBSCRIPTION_TIERS)[number];

export const BILLING_CYCLES = ['monthly', 'annual'] as const;

export type BillingCycle = (typeof BILLING_CYCLES)[number];

export const AUDIENCES = ['user', 'team'] as const;

export type Audience = (typeof AUDIENCES)[number];
