import { HttpErrors } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';

/** What every call that writes no text may answer instead. */
export const CALL_ERRORS = [
  LlmErrors.INVALID_MODEL,
  LlmErrors.UNKNOWN_PROVIDER,
  LlmErrors.PRICE_UNKNOWN,
  LlmErrors.INFERENCE_TIMEOUT,
  LlmErrors.PROVIDER_CIRCUIT_OPEN,
  HttpErrors.INSUFFICIENT_CREDITS,
  HttpErrors.BUDGET_EXCEEDED,
  HttpErrors.PROVIDER_NOT_CONFIGURED,
];
