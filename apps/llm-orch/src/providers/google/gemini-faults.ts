import { ProviderFault } from '../provider-fault.js';
import { list, record, text } from '../wire/json-shapes.js';
import { kindOfStatus } from '../wire/status-faults.js';
import { retryAfter } from '../wire/transport-faults.js';
import type { VendorAnswer } from '../wire/vendor-http.js';

/** The fault behind an answer of status 400 and above. */
export function faultOfStatus(
  provider: string,
  { status, headers, json }: VendorAnswer,
  now: Date,
): ProviderFault {
  const error = errorOf(json);
  const kind = kindOf(error, status);
  const waits = kind === 'rate_limited' || kind === 'overloaded';
  const retryAfterMs = waits ? (retryAfter(headers, now) ?? error.retryAfterMs) : undefined;
  return new ProviderFault(
    { provider, kind, status, retryAfterMs },
    `${kind}, HTTP ${status} ${error.status}`.trim(),
  );
}

/** The fault behind an error within a stream that began with status 200: what came before it may be billed. */
export function faultInStream(provider: string, event: unknown): ProviderFault {
  const error = errorOf(event);
  const kind = kindOf(error, error.code);
  const { retryAfterMs } = error;
  return new ProviderFault(
    { provider, kind, executed: 'maybe', retryAfterMs },
    `${kind} in the stream ${error.status}`.trim(),
  );
}

function kindOf({ message, reasons }: GoogleError, status: number) {
  // A wrong key is told as a bad request.
  if (reasons.includes('API_KEY_INVALID')) return 'auth';
  return kindOfStatus(status, `${message} ${reasons.join(' ')}`);
}

interface GoogleError {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  /** Machine words of the details: reasons, and the quotas that were hit. */
  readonly reasons: readonly string[];
  readonly retryAfterMs: number | undefined;
}

/** `google.rpc.Status`, alone or, from some streams, in a list. */
function errorOf(json: unknown): GoogleError {
  const error = record(record(list(json)?.[0] ?? json)?.['error']);
  const details = (list(error?.['details']) ?? []).map((detail) => record(detail) ?? {});
  const quotas = details.flatMap(({ violations }) => list(violations) ?? []).map(record);
  const words = [
    ...details.map(({ reason }) => text(reason)),
    ...quotas.map((quota) => text(quota?.['quotaId'])),
  ];
  const delay = details.map(({ retryDelay }) => text(retryDelay)).find((value) => value !== undefined);
  return {
    code: Number(error?.['code'] ?? 500),
    status: text(error?.['status']) ?? '',
    message: text(error?.['message']) ?? '',
    reasons: words.filter((word) => word !== undefined),
    // A duration: `34.5s`.
    retryAfterMs: retryAfter({ 'retry-after': delay?.replace(/s$/, '') }, new Date(0)),
  };
}
