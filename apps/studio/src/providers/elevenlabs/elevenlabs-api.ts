import type { ProviderFaultKind } from '../provider-fault.js';
import { textAt } from '../vendor/json.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';
import type { VendorComplaint } from '../vendor/vendor-faults.js';

const BASE_URL = 'https://api.elevenlabs.io';
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const MODERATED = /moderat|content_policy|terms|unsafe|bad_prompt|bad_composition_plan/;

/** `detail.status` of an error: a plan that is used up is no passing limit, a song's prompt may be against the terms. */
function kindOf(_status: number, { code }: VendorComplaint): ProviderFaultKind | undefined {
  if (/quota_exceeded|invalid_api_key|missing_permissions|limited_access|paid_plan/.test(code)) return 'auth';
  if (MODERATED.test(code)) return 'moderated';
  return /too_many_concurrent_requests|system_busy/.test(code) ? 'rate_limited' : undefined;
}

/** The vendor's API, as all of its endpoints share it: `@elevenlabs/elevenlabs-js` 2.73. */
export function elevenLabsApi({ apiKey, baseUrl = BASE_URL, timeoutMs = 120_000 }: VendorOptions): VendorApi {
  return new VendorApi({
    apiKey,
    baseUrl,
    timeoutMs,
    largestAnswerBytes: LARGEST_ANSWER_BYTES,
    credentials: (key) => ({ 'xi-api-key': key }),
    faults: {
      provider: 'elevenlabs',
      complaint: (body) => ({
        code: textAt(body, 'detail', 'status') ?? textAt(body, 'detail', 'code') ?? '',
        message: textAt(body, 'detail', 'message') ?? '',
      }),
      kind: kindOf,
    },
  });
}
