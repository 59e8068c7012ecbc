import type { CatalogueError } from '@eventzr/http';
import { HttpErrors } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';
import type { ProviderFault } from '../providers/provider-fault.js';
import type { AttemptNote, LostAttempt } from './attempt.js';

/** The error that a caller is told after the last attempt was lost. */
export function explained(
  { fault, error }: Pick<LostAttempt, 'fault' | 'error'>,
  attempts: readonly AttemptNote[],
  { caller }: { caller: AbortSignal | undefined },
): Error {
  if (caller?.aborted === true) return LlmErrors.INFERENCE_TIMEOUT({ attempts }, { cause: caller.reason });
  if (fault === undefined) return error instanceof Error ? error : new Error(String(error));
  return explainedFault(fault, attempts);
}

/** The same of a stream that broke after it began. */
export function explainedFault(fault: ProviderFault, attempts: readonly AttemptNote[]): CatalogueError {
  const options = { cause: fault };
  if (fault.kind === 'timeout') return LlmErrors.INFERENCE_TIMEOUT({ attempts }, options);
  if (fault.kind === 'context_length') return LlmErrors.CONTEXT_OVERFLOW(null, options);
  if (fault.kind === 'content_filter') return LlmErrors.REFUSED(null, options);
  if (fault.kind === 'rate_limited')
    return HttpErrors.UNAVAILABLE({ attempts }, { ...options, retryAfterSeconds: waitSeconds(fault) });
  return LlmErrors.PROVIDER_ERROR({ attempts }, options);
}

function waitSeconds({ retryAfterMs = 1_000 }: ProviderFault): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1000));
}
