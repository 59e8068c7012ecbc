import { defineErrors } from '@eventzr/http';

/** Documented codes keep their number; the others continue the documented ranges of a hundred. */
export const LlmErrors = defineErrors({
  INVALID_PROMPT: { code: 'LLM_1000', http: 400, message: 'The prompt must have 1 to 100,000 characters.' },
  INVALID_MODEL: { code: 'LLM_1001', http: 400, message: 'There is no such model, or not at this provider.' },
  PROVIDER_ERROR: {
    code: 'LLM_1002',
    http: 502,
    message: 'The model provider gave no usable answer; nothing was charged.',
  },
  INFERENCE_TIMEOUT: {
    code: 'LLM_1003',
    http: 504,
    message: 'The model did not answer in time; nothing was charged.',
  },
  UNSUPPORTED_USE_CASE: {
    code: 'LLM_1004',
    http: 400,
    message: 'There is no such use case; see GET /llm-orch/v1/use-cases.',
  },
  CONTEXT_OVERFLOW: {
    code: 'LLM_1005',
    http: 400,
    message: 'Prompt and answer together do not fit the model.',
  },
  REFUSED: {
    code: 'LLM_1006',
    http: 422,
    message: 'The provider refused to answer this prompt; nothing was charged.',
  },
  INVALID_MAX_TOKENS: {
    code: 'LLM_1007',
    http: 400,
    message: 'maxTokens must be a whole number from 1 to 8,192.',
  },
  EMBEDDING_INPUT_TOO_LONG: {
    code: 'LLM_1100',
    http: 400,
    message: 'An input must have 1 to 8,192 tokens.',
  },
  BATCH_TOO_LARGE: { code: 'LLM_1101', http: 400, message: 'A batch must have 1 to 100 inputs.' },
  EMBEDDING_PROVIDER_ERROR: {
    code: 'LLM_1102',
    http: 502,
    message: 'The embedding provider gave no usable answer; nothing was charged.',
  },
  INVALID_DIMENSIONS: {
    code: 'LLM_1103',
    http: 400,
    message: 'The model has no vectors of that length.',
  },
  RERANK_INVALID_INPUT: {
    code: 'LLM_1200',
    http: 400,
    message: 'A query and 1 to 100 documents are needed, none of them empty or longer than 8,192 tokens.',
  },
  RERANK_PROVIDER_ERROR: {
    code: 'LLM_1201',
    http: 502,
    message: 'The rerank provider gave no usable answer; nothing was charged.',
  },
  PROVIDER_NOT_FOUND: { code: 'LLM_1300', http: 404, message: 'There is no provider of this name.' },
  PROVIDER_CIRCUIT_OPEN: {
    code: 'LLM_1301',
    http: 503,
    message: 'Every model that could answer is out of service at the moment; nothing was charged.',
    logLevel: 'warn',
  },
  UNKNOWN_PROVIDER: {
    code: 'LLM_1302',
    http: 400,
    message: 'There is no provider of this name; see GET /llm-orch/v1/providers.',
  },
  MODEL_NOT_FOUND: {
    code: 'LLM_1303',
    http: 404,
    message: 'There is no model of this name; see GET /llm-orch/v1/models.',
  },
  PRICE_UNKNOWN: {
    code: 'LLM_1400',
    http: 400,
    message: 'This model has no known price, so it cannot be used under a cost ceiling.',
  },
  UNKNOWN_OPERATION: { code: 'LLM_1401', http: 400, message: 'There is no priced operation of this name.' },
  PARENT_NOT_OPEN: {
    code: 'LLM_1402',
    http: 409,
    message: 'The operation that pays for this call is not open.',
  },
});
