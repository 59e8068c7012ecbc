import type { ProviderFaultKind } from '../provider-fault.js';
import { ProviderFault } from '../provider-fault.js';
import { record, text } from '../wire/json-shapes.js';
import { kindOfRefusal, kindOfStatus } from '../wire/status-faults.js';
import { retryAfter } from '../wire/transport-faults.js';
import type { VendorAnswer } from '../wire/vendor-http.js';

/** The kinds by the vendor's own names, which alone are told within a stream. */
const KINDS: Readonly<Record<string, ProviderFaultKind>> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'quota_exhausted',
  rate_limit_error: 'rate_limited',
  overloaded_error: 'overloaded',
  timeout_error: 'timeout',
  request_too_large: 'context_length',
  not_found_error: 'invalid_request',
};

/** The fault behind an answer of status 400 and above, with the id under which the vendor can look it up. */
export function faultOfStatus(
  provider: string,
  { status, headers, json }: VendorAnswer,
  now: Date,
): ProviderFault {
  const { type, message } = errorOf(json);
  const spent = /credit balance|spend_limit/i.test(message);
  const kind = spent ? 'quota_exhausted' : kindOfStatus(status, `${type} ${message}`);
  const waits = kind === 'rate_limited' || kind === 'overloaded';
  const retryAfterMs = waits ? retryAfter(headers, now) : undefined;
  const id = text(headers['request-id']) ?? text(record(json)?.['request_id']) ?? '';
  return new ProviderFault(
    { provider, kind, status, retryAfterMs },
    `${kind}, HTTP ${status} ${type} ${id}`.trim(),
  );
}

/** The fault behind an `error` event within a stream that began with status 200: what came before it may be billed. */
export function faultInStream(provider: string, event: unknown): ProviderFault {
  const { type, message } = errorOf(event);
  const kind = KINDS[type] ?? kindOfRefusal(message, 'server');
  return new ProviderFault({ provider, kind, executed: 'maybe' }, `${kind} in the stream ${type}`.trim());
}

function errorOf(json: unknown): { readonly type: string; readonly message: string } {
  const error = record(record(json)?.['error']);
  const code = text(record(error?.['details'])?.['error_code']) ?? '';
  return { type: text(error?.['type']) ?? '', message: `${code} ${text(error?.['message']) ?? ''}` };
}
