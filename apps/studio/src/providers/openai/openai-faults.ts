import { isAxiosError } from 'axios';
import type { ProviderFault, ProviderFaultKind } from '../provider-fault.js';
import { textAt } from '../vendor/json.js';
import { answerFault, type FaultTable, silenceFault, type VendorComplaint } from '../vendor/vendor-faults.js';

export { retryAfterMs } from '../vendor/vendor-faults.js';

const MODERATED = /moderation_blocked|content_policy_violation|content_filter|safety system/i;
/** A bill that is not paid is no passing limit: retrying cannot help. */
const NO_CREDIT = /insufficient_quota|billing_hard_limit_reached|billing_not_active/i;

function kindOf(status: number, { code, message }: VendorComplaint): ProviderFaultKind | undefined {
  if (NO_CREDIT.test(code)) return 'auth';
  if (status < 400 || status >= 500 || status === 429 || status === 408) return undefined;
  if (MODERATED.test(code)) return 'moderated';
  return status !== 401 && status !== 403 && MODERATED.test(message) ? 'moderated' : undefined;
}

/** The vendor's error envelope: `error{message,type,param,code}`. */
export function openAiFaultTable(provider: string): FaultTable {
  return {
    provider,
    complaint: (body) => ({
      code: textAt(body, 'error', 'code') ?? textAt(body, 'error', 'type') ?? '',
      message: textAt(body, 'error', 'message') ?? '',
    }),
    kind: kindOf,
  };
}

/**
 * What went wrong with a call.
 * @param deadlinePassed true when our own deadline ended the call
 */
export function faultOf(provider: string, error: unknown, deadlinePassed: boolean): ProviderFault {
  if (deadlinePassed || !isAxiosError(error) || error.response === undefined)
    return silenceFault(provider, error, { purpose: 'work', deadlinePassed });
  const { response } = error;
  const retryAfter: unknown = response.headers['retry-after'];
  const body: unknown = response.data;
  return answerFault(openAiFaultTable(provider), { status: response.status, body, retryAfter }, 'work');
}
