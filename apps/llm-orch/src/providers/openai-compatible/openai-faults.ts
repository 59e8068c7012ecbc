import type { ProviderFaultKind } from '../text-provider.js';
import { ProviderFault } from '../text-provider.js';
import { wireError } from './openai-wire.js';

/** A day: vendors name longer waits only by mistake. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/** The connection was never made, so the request was never sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);

const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The fault behind an answer of status 400 and above. The vendor's message is kept short and never holds our key. */
export function faultOfStatus(
  provider: string,
  status: number,
  headers: Headers,
  body: unknown,
  now: Date,
): ProviderFault {
  const { code, type, message } = wireError(body);
  const kind = kindOfStatus(status, `${code} ${type} ${message}`);
  const retryAfterMs =
    kind === 'rate_limited' || kind === 'unavailable' ? retryAfter(headers, now) : undefined;
  return new ProviderFault(
    { provider, kind, status, retryAfterMs },
    `${kind}, HTTP ${status} ${code || type}`.trim(),
  );
}

function kindOfStatus(status: number, said: string): ProviderFaultKind {
  if (status === 401 || status === 403 || status === 402) return 'auth';
  // A spent quota answers 429 but no waiting cures it: the account's owner must act.
  if (status === 429) return /insufficient_quota|billing/i.test(said) ? 'auth' : 'rate_limited';
  if (status === 408 || status === 504) return 'timeout';
  // Only this one says that the request was turned away: after any other the vendor may have worked, and bill it.
  if (status === 503) return 'unavailable';
  if (status >= 500 || status === 424 || status === 409) return 'unknown_outcome';
  if (/context_length|context length|context window|too many tokens|maximum context/i.test(said))
    return 'context_overflow';
  if (/content_filter|content_policy|moderation|ResponsibleAI/i.test(said)) return 'moderated';
  return 'rejected';
}

/** `retry-after-ms`, `retry-after` in seconds, or as an HTTP date; undefined when absent or unreadable. */
export function retryAfter(headers: Headers, now: Date): number | undefined {
  const milliseconds = positive(one(headers['retry-after-ms']));
  if (milliseconds !== undefined) return Math.min(milliseconds, MAX_RETRY_AFTER_MS);
  const value = one(headers['retry-after']);
  const seconds = positive(value);
  if (seconds !== undefined) return Math.min(Math.ceil(seconds * 1000), MAX_RETRY_AFTER_MS);
  const date = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now.getTime()), MAX_RETRY_AFTER_MS);
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function positive(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}

/** The fault behind an exception of the transport. */
export function faultOfTransport(provider: string, error: unknown): ProviderFault {
  const codes = errorCodes(error);
  const kind = codes.some((code) => NOT_SENT.has(code))
    ? 'unavailable'
    : codes.some((code) => TIMED_OUT.has(code)) || isTimeoutSignal(error)
      ? 'timeout'
      : 'unknown_outcome';
  return new ProviderFault({ provider, kind }, `${kind} ${codes[0] ?? ''}`.trim(), { cause: error });
}

function isTimeoutSignal(error: unknown): boolean {
  return shape(error).name === 'TimeoutError';
}

/** Of the error, its cause and (when several addresses were tried) the errors inside it. */
function errorCodes(error: unknown): string[] {
  const { code, cause, errors } = shape(error);
  const own = typeof code === 'string' ? [code] : [];
  const inner = Array.isArray(errors) ? errors : cause === undefined ? [] : [cause];
  return [...own, ...inner.flatMap(errorCodes)];
}

/** Read by shape, not by `instanceof`: transport errors and DOMExceptions may stem from another realm. */
function shape(error: unknown): { name?: unknown; code?: unknown; cause?: unknown; errors?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
