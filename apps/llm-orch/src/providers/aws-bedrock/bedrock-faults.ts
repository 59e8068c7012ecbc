import type { ProviderFaultKind } from '../provider-fault.js';
import { ProviderFault } from '../provider-fault.js';
import { record, text } from '../wire/json-shapes.js';
import { kindOfRefusal, kindOfStatus } from '../wire/status-faults.js';
import type { WireHeaders } from '../wire/transport-faults.js';
import { faultOfTransport, retryAfter } from '../wire/transport-faults.js';

/** The vendor's names of its exceptions, which alone are told within a stream. */
const KINDS: Readonly<Record<string, ProviderFaultKind>> = {
  ThrottlingException: 'rate_limited',
  ServiceQuotaExceededException: 'quota_exhausted',
  ModelNotReadyException: 'overloaded',
  ServiceUnavailableException: 'overloaded',
  ModelTimeoutException: 'timeout',
  ModelErrorException: 'server',
  ModelStreamErrorException: 'server',
  InternalServerException: 'server',
  AccessDeniedException: 'auth',
  UnrecognizedClientException: 'auth',
  InvalidSignatureException: 'auth',
  ExpiredTokenException: 'auth',
  ResourceNotFoundException: 'invalid_request',
};

/** The fault behind an exception of the vendor's client, before an answer began. */
export function faultOfCall(provider: string, error: unknown, now: Date): ProviderFault {
  if (error instanceof ProviderFault) return error;
  const { name, message, status } = shapeOf(error);
  if (status === undefined) return faultOfTransport(provider, error);
  // It understood the status, and not what came under it.
  if (status === 200)
    return new ProviderFault({ provider, kind: 'server', status }, 'the answer cannot be read');
  const kind = KINDS[name] ?? kindOfStatus(status, `${name} ${message}`);
  const waits = kind === 'rate_limited' || kind === 'overloaded';
  const retryAfterMs = waits ? retryAfter(headersOf(error), now) : undefined;
  return new ProviderFault({ provider, kind, status, retryAfterMs }, `${kind}, HTTP ${status} ${name}`);
}

/** The fault behind an exception within a stream that began well: what came before it may be billed. */
export function faultInStream(provider: string, error: unknown): ProviderFault {
  const { name, message } = shapeOf(error);
  const transport = faultOfTransport(provider, error);
  const known =
    KINDS[name] ?? (name === 'ValidationException' ? kindOfRefusal(message, 'invalid_request') : undefined);
  if (known === undefined && isOfTheWire(error)) return transport;
  const kind = known ?? 'server';
  return new ProviderFault({ provider, kind, executed: 'maybe' }, `${kind} in the stream ${name}`, {
    cause: error,
  });
}

/** Whether the connection failed, rather than what came over it. */
function isOfTheWire(error: unknown): boolean {
  const { name, code } = shapeOf(error);
  return code !== undefined || name === 'TimeoutError' || name === 'AbortError';
}

function headersOf(error: unknown): WireHeaders {
  return (record(record(record(error)?.['$response'])?.['headers']) ?? {}) as WireHeaders;
}

function shapeOf(error: unknown) {
  const { name, message, code, $metadata } = record(error) ?? {};
  const status = record($metadata)?.['httpStatusCode'];
  return {
    name: text(name) ?? '',
    message: text(message) ?? '',
    code: text(code),
    status: typeof status === 'number' ? status : undefined,
  };
}
