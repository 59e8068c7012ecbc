import type { CatalogueError, ErrorShape, FieldFault } from '@eventzr/http';

/** An error as OpenAI's clients expect it. */
export interface OpenAiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    /** Our own code, which says more than the type. */
    readonly code: string;
    readonly details?: unknown;
  };
}

export function openAiError({ entry, message, details }: CatalogueError): OpenAiError {
  const faults = Array.isArray(details) ? (details as readonly FieldFault[]) : [];
  const [first] = faults;
  return {
    error: {
      message: first === undefined ? message : `${message} ${first.message}`,
      type: typeOf(entry.http),
      param: first?.field ?? null,
      code: entry.code,
      ...(details === null ? {} : { details }),
    },
  };
}

function typeOf(http: number): string {
  if (http === 401) return 'authentication_error';
  if (http === 403) return 'permission_error';
  if (http === 404) return 'not_found_error';
  if (http === 402) return 'insufficient_quota';
  if (http === 429) return 'rate_limit_error';
  if (http >= 500) return 'server_error';
  return 'invalid_request_error';
}

/** Whatever refuses a call below the ingress, before its route is found or after, says so as OpenAI would. */
export const OPENAI_ERRORS: ErrorShape = {
  below: '/llm-orch/v1/openai/',
  body: openAiError,
  schema: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'type', 'param', 'code'],
        properties: {
          message: { type: 'string' },
          type: { type: 'string' },
          param: { type: ['string', 'null'], description: 'The faulty field.' },
          code: { type: 'string', description: 'Our own code, which says more than the type.' },
          details: { description: 'As in the envelope of other routes; absent where there are none.' },
        },
      },
    },
  },
};
