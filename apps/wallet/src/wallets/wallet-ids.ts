import { derivedId } from '@eventzr/config';

const NAMESPACE = '5f0c1f43-0d5e-5b5c-9a53-3c1d6f2f7a10';

/** A user's wallet in a tenant. Derived, so that two first uses at once meet in one wallet. */
export function userWalletId(tenantId: string, userId: string): string {
  return derivedId(NAMESPACE, `wallet:${tenantId}:user:${userId}`);
}

/** A tenant's team wallet. */
export function teamWalletId(tenantId: string): string {
  return derivedId(NAMESPACE, `wallet:${tenantId}:team`);
}

/** The transfer that a source (an invoice, a trial) causes: the same source moves credits once. */
export function transferIdOf(tenantId: string, source: string): string {
  return derivedId(NAMESPACE, `transfer:${tenantId}:${source}`);
}
