import type { CatalogueError } from '@eventzr/http';

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
  const faults = Array.isArray(details) ? (details as readonly { field: string; message: string }[]) : [];
  const [first] = faults;
  return {
    error: {
      message: first === undefined ? message : `${message} ${first.message}`,
      type: typeOf(entry.http, entry.code),
      param: first?.field ?? null,
      code: entry.code,
      ...(details === null ? {} : { details }),
    },
  };
}

function typeOf(http: number, code: string): string {
  if (http === 401) return 'authentication_error';
  if (http === 403) return 'permission_error';
  if (http === 402) return 'insufficient_quota';
  if (http === 429) return 'rate_limit_error';
  if (http >= 500) return 'server_error';
  return code === 'NOT_FOUND' ? 'not_found_error' : 'invalid_request_error';
}
