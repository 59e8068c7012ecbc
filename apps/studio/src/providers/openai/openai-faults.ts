import { isAxiosError } from 'axios';
import { ProviderFault, type ProviderFaultKind } from '../image-provider.js';

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
const MODERATED = /moderation_blocked|content_policy_violation|content_filter|safety system/i;
/** A bill that is not paid is no passing limit: retrying cannot help. */
const NO_CREDIT = /insufficient_quota|billing_hard_limit_reached|billing_not_active/i;

interface VendorError {
  readonly code: string;
  readonly message: string;
}

function vendorError(data: unknown): VendorError {
  const error: unknown =
    typeof data === 'object' && data !== null && 'error' in data ? data.error : undefined;
  if (typeof error !== 'object' || error === null) return { code: '', message: '' };
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    code: text('code' in error ? error.code : '') || text('type' in error ? error.type : ''),
    message: text('message' in error ? error.message : ''),
  };
}

function kindOf(status: number, { code, message }: VendorError): ProviderFaultKind {
  if (status === 401 || status === 403 || NO_CREDIT.test(code))
    return MODERATED.test(code) ? 'moderated' : 'auth';
  if (status === 429) return 'rate_limited';
  if (status === 503 || status < 400) return 'unavailable';
  // A proxy's or the vendor's own fault: the picture may have been made, and billed, all the same.
  if (status >= 500 || status === 408) return 'unknown_outcome';
  return MODERATED.test(code) || MODERATED.test(message) ? 'moderated' : 'rejected';
}

/** Seconds or an HTTP date, as `Retry-After` allows; in milliseconds. */
export function retryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1_000));
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/**
 * What went wrong with a call.
 * @param deadlinePassed true when our own deadline ended the call
 */
export function faultOf(provider: string, error: unknown, deadlinePassed: boolean): ProviderFault {
  if (deadlinePassed)
    return new ProviderFault({ provider, kind: 'timeout', message: 'no answer before the deadline' });
  if (!isAxiosError(error))
    return new ProviderFault({ provider, kind: 'unknown_outcome', message: 'the call failed' });
  const { response } = error;
  if (response === undefined) {
    const sent = !NEVER_SENT.has(error.code ?? '');
    return new ProviderFault({
      provider,
      kind: sent ? 'unknown_outcome' : 'unavailable',
      message: `the connection failed (${error.code ?? 'no code'})`,
    });
  }
  const vendor = vendorError(response.data);
  // The cause is left out on purpose: axios errors hold the request with its key.
  return new ProviderFault({
    provider,
    kind: kindOf(response.status, vendor),
    status: response.status,
    message: `answered ${response.status}${vendor.code === '' ? '' : ` (${vendor.code.slice(0, 60)})`}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
  });
}
