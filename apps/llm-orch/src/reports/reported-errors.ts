import type { CatalogueError } from '@eventzr/http';
import { HttpErrors } from '@eventzr/http';
import type { LlmBudgetExceeded, LlmInferenceFailed } from '../llm-orch.events.js';
import { LlmErrors } from '../llm-orch.errors.js';

type Told<Data> = Omit<Data, 'tenantId' | 'userId' | 'provider' | 'model' | 'useCase' | 'action'>;

/** What says that no model answered, whichever kind of call it was. */
const FAILURES = new Set(
  [
    LlmErrors.PROVIDER_ERROR,
    LlmErrors.INFERENCE_TIMEOUT,
    LlmErrors.PROVIDER_CIRCUIT_OPEN,
    LlmErrors.EMBEDDING_PROVIDER_ERROR,
    LlmErrors.RERANK_PROVIDER_ERROR,
  ].map(({ entry }) => entry.code),
);

/** A refusal's details, which name the limit and what was left of it. */
export function budgetExceededBy({ details }: CatalogueError): Told<LlmBudgetExceeded> {
  return { limitSource: 'request', ...details };
}

/** Undefined: somebody else's failure. */
export function failedBy({ entry, details }: CatalogueError): Told<LlmInferenceFailed> | undefined {
  const { attempts } = (details ?? {}) as Partial<Pick<LlmInferenceFailed, 'attempts'>>;
  // A vendor that asked to wait is told as our own unavailability, and so is the wallet's, which made no attempt.
  const waits = entry.code === HttpErrors.UNAVAILABLE.entry.code && attempts !== undefined;
  if (!waits && !FAILURES.has(entry.code)) return undefined;
  return { code: entry.code, reason: entry.name, attempts: attempts ?? [] };
}
