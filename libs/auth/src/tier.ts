import type { Tier } from '@eventzr/http';

const PRO = new Set(['professional', 'pro', 'promax', 'team pro']);
const ENTERPRISE = new Set(['enterprise', 'team enterprise']);

/**
 * The tier that limits, quotas and features go by, from a plan's name as tokens and plans spell it.
 * Unknown and absent names are `BASE`: a spelling mistake never buys anything.
 */
export function normalizeTier(planTier: unknown): Tier {
  if (typeof planTier !== 'string') return 'BASE';
  const name = planTier
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');
  if (PRO.has(name)) return 'PRO';
  return ENTERPRISE.has(name) ? 'ENTERPRISE' : 'BASE';
}
