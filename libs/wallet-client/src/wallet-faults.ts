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

/** What the wallet's ledger says about a hold that will not change by asking again. */
const FINAL = new Set([
  'ERR_WALLET_HOLD_NOT_FOUND',
  'ERR_WALLET_HOLD_RELEASED',
  'ERR_WALLET_HOLD_CAPTURED',
  'ERR_WALLET_HOLD_EXPIRED',
  'ERR_WALLET_IDEMPOTENCY_CONFLICT',
  'ERR_WALLET_CAPTURE_EXCEEDS_HOLD',
]);

const TOO_FEW_CREDITS = new Set(['ERR_WALLET_INSUFFICIENT_CREDITS', 'ERR_WALLET_CREDIT_LIMIT_EXCEEDED']);

/** Codes that say: this hold id is used up, a new attempt needs a new one. */
const USED_UP = new Set(['ERR_WALLET_HOLD_RELEASED', 'ERR_WALLET_HOLD_EXPIRED']);

const FORBIDDEN = new Map([
  [WalletFaults.WALLET_FROZEN.entry.code, WalletFaults.WALLET_FROZEN],
  [WalletFaults.TEAM_WALLET_NOT_ALLOWED.entry.code, WalletFaults.TEAM_WALLET_NOT_ALLOWED],
]);

/**
 * Whether the ledger itself decided. The status alone does not tell: a router that starts answers 404 as well, and
 * 401 or 403 is what the wallet says while service keys change.
 */
export function isFinal(error: unknown): error is RemoteError {
  return error instanceof RemoteError && FINAL.has(error.code);
}

export function isHoldUnknown(error: unknown): boolean {
  return error instanceof RemoteError && error.code === 'ERR_WALLET_HOLD_NOT_FOUND';
}

export function isUsedUp(error: unknown): boolean {
  return error instanceof RemoteError && USED_UP.has(error.code);
}

/** True when the wallet surely holds nothing under the id: it said no, and no earlier try can still be on its way. */
export function isCertainRefusal(error: unknown): boolean {
  if (error instanceof RemoteUnavailable) return !error.mayHaveHappened;
  return error instanceof RemoteError && isLedgerRefusal(error) && error.tries === 1;
}

/** What a caller is told when the wallet did not do what it was asked. */
export function walletFault(error: unknown): unknown {
  if (error instanceof RemoteUnavailable) return unavailable(error.retryAfterSeconds, error);
  if (!(error instanceof RemoteError)) return error;
  if (TOO_FEW_CREDITS.has(error.code))
    return HttpErrors.INSUFFICIENT_CREDITS(error.details, { cause: error });
  const forbidden = FORBIDDEN.get(error.code);
  if (forbidden !== undefined) return forbidden(error.details, { cause: error });
  // A refusal that no caller can cause is a fault of ours; anything else was not said by the ledger at all.
  return FINAL.has(error.code) ? error : unavailable(error.retryAfterSeconds ?? 5, error);
}

function isLedgerRefusal(error: RemoteError): boolean {
  return TOO_FEW_CREDITS.has(error.code) || FORBIDDEN.has(error.code) || FINAL.has(error.code);
}

function unavailable(retryAfterSeconds: number, cause: unknown): Error {
  return HttpErrors.UNAVAILABLE(null, {
    message: 'Credits cannot be checked at the moment; nothing was started or charged.',
    retryAfterSeconds,
    cause,
  });
}
