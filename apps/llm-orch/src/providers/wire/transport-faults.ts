import { ProviderFault } from '../provider-fault.js';

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

export type WireHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** `retry-after-ms`, `retry-after` in seconds, or as an HTTP date; undefined when absent or unreadable. */
export function retryAfter(headers: WireHeaders, now: Date): number | undefined {
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
  const message = codes[0] ?? '';
  if (codes.some((code) => NOT_SENT.has(code))) {
    return new ProviderFault({ provider, kind: 'transport', executed: 'no' }, `transport ${message}`, {
      cause: error,
    });
  }
  const late = codes.some((code) => TIMED_OUT.has(code)) || shape(error).name === 'TimeoutError';
  const kind = late ? 'timeout' : 'transport';
  return new ProviderFault({ provider, kind }, `${kind} ${message}`.trim(), { cause: error });
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
