import { defineErrors, HttpErrors } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from '@eventzr/service-client';

/** The wallet's refusals that callers of other services see under the wallet's own codes. */
export const WalletFaults = defineErrors({
  WALLET_FROZEN: { code: 'ERR_WALLET_FROZEN', http: 403, message: 'The wallet is frozen.' },
  TEAM_WALLET_NOT_ALLOWED: {
    code: 'ERR_WALLET_TEAM_NOT_ALLOWED',
    http: 403,
    message: "The team's policy does not let your role spend the team's credits.",
  },
});

/** Codes that say: this hold id is used up, a new attempt needs a new one. */
const USED_UP = new Set(['ERR_WALLET_HOLD_RELEASED', 'ERR_WALLET_HOLD_EXPIRED']);

const FORBIDDEN = new Map([
  [WalletFaults.WALLET_FROZEN.entry.code, WalletFaults.WALLET_FROZEN],
  [WalletFaults.TEAM_WALLET_NOT_ALLOWED.entry.code, WalletFaults.TEAM_WALLET_NOT_ALLOWED],
]);

export function isUsedUp(error: unknown): boolean {
  return error instanceof RemoteError && USED_UP.has(error.code);
}

/** True when the wallet surely holds nothing under the id: it said no, and no earlier try can still be on its way. */
export function isCertainRefusal(error: unknown): boolean {
  if (error instanceof RemoteUnavailable) return !error.mayHaveHappened;
  return error instanceof RemoteError && error.status < 500 && error.tries === 1;
}

/** What a caller is told when the wallet did not do what it was asked. */
export function walletFault(error: unknown): unknown {
  if (error instanceof RemoteUnavailable) return unavailable(error.retryAfterSeconds, error);
  if (!(error instanceof RemoteError)) return error;
  if (error.status === 402) return HttpErrors.INSUFFICIENT_CREDITS(error.details, { cause: error });
  const forbidden = FORBIDDEN.get(error.code);
  if (forbidden !== undefined) return forbidden(error.details, { cause: error });
  if (error.status >= 500 || error.status === 429) return unavailable(error.retryAfterSeconds ?? 5, error);
  return error;
}

function unavailable(retryAfterSeconds: number, cause: unknown): Error {
  return HttpErrors.UNAVAILABLE(null, {
    message: 'Credits cannot be checked at the moment; nothing was started or charged.',
    retryAfterSeconds,
    cause,
  });
}
