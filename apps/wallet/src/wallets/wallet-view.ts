import type { GrantView, WalletView } from './wallets.dto.js';
import type { WalletWithGrants } from './wallets.repository.js';

/** A wallet as callers see it. */
export function walletView({
  id,
  kind,
  ownerId,
  available,
  held,
  frozen,
  grants,
}: WalletWithGrants): WalletView {
  return {
    id,
    kind: kind === 'team' ? 'team' : 'user',
    ownerId,
    available: Number(available),
    held: Number(held),
    currency: 'credits',
    frozen,
    grants: grants.map(grantView),
  };
}

function grantView(grant: WalletWithGrants['grants'][number]): GrantView {
  const { id, source, amount, remaining, priority, promotional, expiresAt, createdAt } = grant;
  return {
    id,
    source,
    amount: Number(amount),
    remaining: Number(remaining),
    priority,
    promotional,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
