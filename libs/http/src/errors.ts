export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line of an error catalogue: decided once, shown to callers as it stands. */
export interface ErrorEntry {
  readonly code: string;
  readonly name: string;
  readonly http: number;
  readonly message: string;
  /** Whether the same request may succeed later without being changed. */
  readonly retryable: boolean;
  readonly logLevel: LogLevel;
}

export interface FieldFault {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export type ErrorDetails = readonly FieldFault[] | Readonly<Record<string, unknown>> | null;

export interface ErrorOptions {
  /** Replaces the catalogue's sentence; must not say anything about the inside. */
  readonly message?: string;
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The only kind of error that a service throws at its callers. */
export class CatalogueError extends Error {
  readonly retryAfterSeconds: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly entry: ErrorEntry,
    readonly details: ErrorDetails = null,
    options: ErrorOptions = {},
  ) {
    super(options.message ?? entry.message, { cause: options.cause });
    this.name = entry.name;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.headers = options.headers ?? {};
  }
}

export interface ErrorFactory {
  (details?: ErrorDetails, options?: ErrorOptions): CatalogueError;
  readonly entry: ErrorEntry;
}

/** `[http status, message]`, then what differs from the usual: code, retryable, log level. */
export interface ErrorDefinition {
  readonly http: number;
  readonly message: string;
  /** Default: the key of the table. */
  readonly code?: string;
  /** Default: true for 429, 502, 503 and 504. */
  readonly retryable?: boolean;
  /** Default: `error` for 5xx, else `info`. */
  readonly logLevel?: LogLevel;
}

export type ErrorCatalogue = Readonly<Record<string, ErrorFactory>>;

const RETRYABLE = new Set([429, 502, 503, 504]);

/** Makes one factory per entry; the key is the error's `name`. */
export function defineErrors<T extends Record<string, ErrorDefinition>>(
  table: T,
): { readonly [K in keyof T]: ErrorFactory } {
  const factories = Object.entries(table).map(([name, definition]) => {
    const entry: ErrorEntry = {
      code: definition.code ?? name,
      name,
      http: definition.http,
      message: definition.message,
      retryable: definition.retryable ?? RETRYABLE.has(definition.http),
      logLevel: definition.logLevel ?? (definition.http >= 500 ? 'error' : 'info'),
    };
    const make = (details: ErrorDetails = null, options: ErrorOptions = {}) =>
      new CatalogueError(entry, details, options);
    return [name, Object.assign(make, { entry })] as const;
  });
  return Object.fromEntries(factories) as { readonly [K in keyof T]: ErrorFactory };
}

/** The codes that every service shares; a documented service code replaces one wherever it fits. */
export const HttpErrors = defineErrors({
  VALIDATION_FAILED: { http: 400, message: 'The request does not satisfy the rules of this route.' },
  MALFORMED_BODY: { http: 400, message: 'The request body could not be read.' },
  UNAUTHORIZED: { http: 401, message: 'A valid credential is required.' },
  TOKEN_EXPIRED: { http: 401, message: 'The access token has expired.' },
  TOKEN_INVALID: { http: 401, message: 'The access token is not valid.' },
  TOKEN_REVOKED: { http: 401, message: 'The access token has been revoked.' },
  STEP_UP_REQUIRED: {
    http: 401,
    message: 'This service asks for a second factor: verify it at /auth/v1/mfa/totp/verify.',
  },
  INSUFFICIENT_CREDITS: { http: 402, message: 'The wallet has too few credits for this operation.' },
  BUDGET_EXCEEDED: { http: 402, message: 'The operation could cost more than the stated budget allows.' },
  FORBIDDEN: { http: 403, message: 'The caller may not do this.' },
  TENANT_MISMATCH: { http: 403, message: 'The x-tenant-id header names another tenant than the token.' },
  NOT_FOUND: { http: 404, message: 'There is no such resource.' },
  IDEMPOTENCY_IN_PROGRESS: {
    http: 409,
    message: 'A request with this Idempotency-Key is still running.',
    retryable: true,
  },
  PAYLOAD_TOO_LARGE: { http: 413, message: 'The request body is larger than this route accepts.' },
  UNSUPPORTED_MEDIA_TYPE: {
    http: 415,
    message: 'The request body has a content type that this route does not read.',
  },
  IDEMPOTENCY_KEY_REUSED: { http: 422, message: 'This Idempotency-Key was used with another request.' },
  RATE_LIMITED: { http: 429, message: 'Too many requests.' },
  INTERNAL: { http: 500, message: 'Something went wrong on our side.' },
  UNAVAILABLE: { http: 503, message: 'The service cannot answer at the moment.', logLevel: 'warn' },
  PROVIDER_NOT_CONFIGURED: {
    http: 503,
    message: 'This provider is known but not configured here.',
    retryable: false,
    logLevel: 'warn',
  },
});
