/** The tiers of subscriptions from the lowest to the highest; of equals a person's own comes after the team's. */
const TIERS = [
  'BASE',
  'TEAM_BASE',
  'STUDENT',
  'STARTUP',
  'TEAM_PRO',
  'PRO',
  'PROMAX',
  'TEAM_ENTERPRISE',
  'ENTERPRISE',
] as const;

/** What accounts have that are subscribed to nothing. */
export const NO_PLAN = 'BASE';

/** How tokens spell a tier: PRO is `professional`, the others are themselves. */
export function planTierOf(tier: string): string {
  return tier === 'PRO' ? 'professional' : tier;
}

/** Where a tier stands among the others; unknown ones stand below all: a spelling mistake never buys anything. */
export function rankOf(tier: string): number {
  return TIERS.findIndex((known) => known === tier);
}
