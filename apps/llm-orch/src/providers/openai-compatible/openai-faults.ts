import { ProviderFault } from '../provider-fault.js';
import { record, text } from '../wire/json-shapes.js';
import { kindOfRefusal, kindOfStatus } from '../wire/status-faults.js';
import { retryAfter } from '../wire/transport-faults.js';
import type { VendorAnswer } from '../wire/vendor-http.js';

/** The fault behind an answer of status 400 and above. The vendor's message is kept short and never holds our key. */
export function faultOfStatus(
  provider: string,
  { status, headers, json }: VendorAnswer,
  now: Date,
): ProviderFault {
  const { code, type, message } = wireError(json);
  const kind = kindOfStatus(status, `${code} ${type} ${message}`);
  const waits = kind === 'rate_limited' || kind === 'overloaded';
  const retryAfterMs = waits ? retryAfter(headers, now) : undefined;
  // A refusal of the prompt comes before any work; one of the answer comes as a finish reason instead.
  const executed = kind === 'content_filter' ? 'no' : undefined;
  return new ProviderFault(
    { provider, kind, status, retryAfterMs, executed },
    `${kind}, HTTP ${status} ${code || type}`.trim(),
  );
}

/** The fault behind an error event within a stream that began with status 200. */
export function faultInStream(provider: string, json: unknown): ProviderFault {
  const { code, type, message } = wireError(json);
  const said = `${code} ${type} ${message}`;
  const kind = /rate.?limit/i.test(said)
    ? 'rate_limited'
    : /overloaded/i.test(said)
      ? 'overloaded'
      : kindOfRefusal(said, 'server');
  return new ProviderFault(
    { provider, kind, executed: 'maybe' },
    `${kind} in the stream ${code || type}`.trim(),
  );
}

interface WireError {
  readonly code: string;
  readonly type: string;
  readonly message: string;
}

/** `{ error: { code, type, message } }` as OpenAI writes it, and the variants of other servers. */
function wireError(body: unknown): WireError {
  const top = record(body);
  const error = record(top?.['error']) ?? top;
  const message = text(error?.['message']) ?? text(top?.['error']) ?? text(top?.['detail']) ?? '';
  const code = error?.['code'];
  // Some servers write their HTTP status there, as a number.
  return {
    code: typeof code === 'number' ? String(code) : (text(code) ?? ''),
    type: text(error?.['type']) ?? '',
    message,
  };
}
