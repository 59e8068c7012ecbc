import { ProviderFault, type ProviderFaultKind } from '../provider-fault.js';
import { at, numberAt, textAt } from '../vendor/json.js';
import { answerFault, type FaultTable } from '../vendor/vendor-faults.js';

/** In the code or, where the SDK wraps the error, in the message alone. */
const NEVER_SENT = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/;
const CREDENTIALS =
  /UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|AccessDenied|ExpiredToken|InvalidClientToken|InvalidAccessKeyId|MissingAuthentication|IncompleteSignature|NoSuchBucket/;
/** AWS throttles with 400, other services with 429. */
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|SlowDown/;

function table(provider: string): FaultTable {
  return {
    provider,
    complaint: (error) => ({ code: textAt(error, 'name') ?? '', message: '' }),
    kind: (_status, { code }): ProviderFaultKind | undefined => {
      if (CREDENTIALS.test(code)) return 'auth';
      return THROTTLED.test(code) ? 'rate_limited' : undefined;
    },
  };
}

/**
 * What went wrong with a call of AWS's SDK.
 * @param purpose `work` may have been billed when its answer is lost, a `look` may be repeated
 */
export function awsFault(
  provider: string,
  error: unknown,
  { purpose, deadlinePassed }: { purpose: 'work' | 'look'; deadlinePassed: boolean },
): ProviderFault {
  const status = numberAt(error, '$metadata', 'httpStatusCode');
  const isRefusal = error instanceof Error && status !== undefined && status >= 300;
  if (!deadlinePassed && isRefusal) {
    const retryAfter = at(error, '$response', 'headers', 'retry-after');
    const body = { name: error.name };
    return answerFault(table(provider), { status, body, retryAfter }, purpose);
  }
  const code = textAt(error, 'code') ?? '';
  const lost = deadlinePassed ? 'timeout' : 'unknown_outcome';
  const kind =
    NEVER_SENT.test(`${code} ${textAt(error, 'message') ?? ''}`) || purpose === 'look' ? 'unavailable' : lost;
  const message = deadlinePassed ? 'no answer before the deadline' : `the call failed (${code || 'no code'})`;
  // The cause is left out on purpose: the SDK's errors hold the signed request.
  return new ProviderFault({ provider, kind, message });
}
