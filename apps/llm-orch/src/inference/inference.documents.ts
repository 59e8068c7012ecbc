import { HttpErrors } from '@eventzr/http';
import { LlmErrors } from '../llm-orch.errors.js';

/** What every route that asks a model may answer instead. */
export const INFERENCE_ERRORS = [
  LlmErrors.INVALID_PROMPT,
  LlmErrors.INVALID_MAX_TOKENS,
  LlmErrors.UNSUPPORTED_USE_CASE,
  LlmErrors.INVALID_MODEL,
  LlmErrors.UNKNOWN_PROVIDER,
  LlmErrors.PRICE_UNKNOWN,
  LlmErrors.CONTEXT_OVERFLOW,
  LlmErrors.REFUSED,
  LlmErrors.PROVIDER_ERROR,
  LlmErrors.INFERENCE_TIMEOUT,
  LlmErrors.PROVIDER_CIRCUIT_OPEN,
  HttpErrors.INSUFFICIENT_CREDITS,
  HttpErrors.BUDGET_EXCEEDED,
  HttpErrors.PROVIDER_NOT_CONFIGURED,
];

export const STREAM_EXAMPLE = `event: start
data: {"id":"01990a2c-6f0e-7c3a-9d55-0c9f4be0a001","model":"local-planner-1","provider":"local","useCase":"general"}

event: delta
data: {"text":"Join us for a day of talks"}

event: usage
data: {"inputTokens":12,"outputTokens":7,"cachedTokens":0,"totalTokens":19,"source":"counted","costUsd":0.000003,"credits":{"held":15,"charged":5}}

event: done
data: {"id":"01990a2c-6f0e-7c3a-9d55-0c9f4be0a001","text":"Join us for a day of talks","finishReason":"stop"}

`;
