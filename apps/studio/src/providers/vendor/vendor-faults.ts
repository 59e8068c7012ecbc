import { isAxiosError } from 'axios';
import { ProviderFault, type ProviderFaultKind } from '../provider-fault.js';

/**
 * What a call does. `work`: the vendor may do something and bill it, so a lost answer is an unknown outcome. `look`:
 * it only tells or stops something, so it may be repeated.
 */
export type CallPurpose = 'work' | 'look';

/** A vendor's own words about a failure, from whatever shape it puts them in; empty where it gives none. */
export interface VendorComplaint {
  readonly code: string;
  readonly message: string;
}

/** How one vendor tells its failures. */
export interface FaultTable {
  readonly provider: string;
  /** Reads the vendor's error body. */
  complaint(body: unknown): VendorComplaint;
  /** Where this vendor means something else than the status says; undefined: it means what it says. */
  kind?(status: number, complaint: VendorComplaint): ProviderFaultKind | undefined;
}

/** No connection was made, so nothing can have been done or billed. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_BAD_OPTION_VALUE',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** Keys, unpaid bills and rights: no retry can help with 401, 402 and 403. */
const ACCOUNT = new Set([401, 402, 403]);

function kindOf(status: number, purpose: CallPurpose): ProviderFaultKind {
  if (ACCOUNT.has(status)) return 'auth';
  if (status === 429) return 'rate_limited';
  if (status === 503 || status < 400) return 'unavailable';
  // A proxy's or the vendor's own fault: the work may have been done, and billed, all the same.
  if (status >= 500 || status === 408) return purpose === 'work' ? 'unknown_outcome' : 'unavailable';
  return 'rejected';
}

/** Seconds or an HTTP date, as `Retry-After` allows; in milliseconds. */
export function retryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1_000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** A call that ended without an answer. */
export function silenceFault(
  provider: string,
  error: unknown,
  { purpose, deadlinePassed }: { purpose: CallPurpose; deadlinePassed: boolean },
): ProviderFault {
  const lost: ProviderFaultKind = purpose === 'work' ? 'unknown_outcome' : 'unavailable';
  if (deadlinePassed) {
    const kind = purpose === 'work' ? 'timeout' : 'unavailable';
    return new ProviderFault({ provider, kind, message: 'no answer before the deadline' });
  }
  if (!isAxiosError(error)) return new ProviderFault({ provider, kind: lost, message: 'the call failed' });
  const kind = NEVER_SENT.has(error.code ?? '') ? 'unavailable' : lost;
  // The cause is left out on purpose: axios errors hold the request with its key.
  return new ProviderFault({
    provider,
    kind,
    message: `the connection failed (${error.code ?? 'no code'})`,
  });
}

/** An answer that is a refusal. */
export function answerFault(
  table: FaultTable,
  answer: { readonly status: number; readonly body: unknown; readonly retryAfter: unknown },
  purpose: CallPurpose,
): ProviderFault {
  const complaint = table.complaint(answer.body);
  return new ProviderFault({
    provider: table.provider,
    kind: table.kind?.(answer.status, complaint) ?? kindOf(answer.status, purpose),
    status: answer.status,
    message: `answered ${answer.status}${complaint.code === '' ? '' : ` (${complaint.code.slice(0, 60)})`}`,
    retryAfterMs: retryAfterMs(answer.retryAfter, Date.now()),
  });
}
