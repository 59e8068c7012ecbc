import type { OpenApiDocument, Parameter, Reference, Schema } from './document-types.js';

const REQUEST_ID = '0198c0de-7a11-7000-8000-00000000000f';
export const TENANT_ID = '00000000-0000-0000-0000-000000000001';

export const EXAMPLE_META = {
  request_id: REQUEST_ID,
  trace_id: REQUEST_ID.replaceAll('-', ''),
  tenant_id: TENANT_ID,
};

const nullOr = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

/** Parts of the envelope, under the names by which every document refers to them. */
export const COMMON_SCHEMAS: Readonly<Record<string, Schema>> = {
  Meta: {
    type: 'object',
    required: ['request_id', 'trace_id', 'tenant_id'],
    properties: {
      request_id: { type: 'string', format: 'uuid' },
      trace_id: { type: 'string' },
      tenant_id: { type: ['string', 'null'], format: 'uuid' },
    },
  },
  PageInfo: {
    type: 'object',
    required: ['next_cursor', 'has_more', 'limit'],
    properties: {
      next_cursor: { type: ['string', 'null'], description: 'Give it back as `cursor` to read on.' },
      has_more: { type: 'boolean' },
      limit: { type: 'integer' },
      total: { type: 'integer' },
      page: { type: 'integer' },
    },
  },
  ErrorBody: {
    type: 'object',
    required: ['code', 'name', 'http', 'message', 'retryable', 'details'],
    properties: {
      code: { type: 'string' },
      name: { type: 'string' },
      http: { type: 'integer' },
      message: { type: 'string' },
      retryable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
      details: {
        anyOf: [
          { type: 'null' },
          { type: 'array', items: { $ref: '#/components/schemas/FieldFault' } },
          { type: 'object', additionalProperties: true },
        ],
      },
    },
  },
  FieldFault: {
    type: 'object',
    required: ['field', 'rule', 'message'],
    properties: { field: { type: 'string' }, rule: { type: 'string' }, message: { type: 'string' } },
  },
  ErrorEnvelope: {
    type: 'object',
    required: ['data', 'error', 'page', 'meta'],
    properties: {
      data: { type: 'null' },
      error: { $ref: '#/components/schemas/ErrorBody' },
      page: { type: 'null' },
      meta: { $ref: '#/components/schemas/Meta' },
    },
  },
};

/** The envelope around `data`. */
export function envelopeSchema(data: Schema, list: boolean): Schema {
  return {
    type: 'object',
    required: ['data', 'error', 'page', 'meta'],
    properties: {
      data,
      error: { type: 'null' },
      page: list
        ? { $ref: '#/components/schemas/PageInfo' }
        : nullOr({ $ref: '#/components/schemas/PageInfo' }),
      meta: { $ref: '#/components/schemas/Meta' },
    },
  };
}

export const SECURITY_SCHEMES: Readonly<Record<string, object>> = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` of `POST /auth/v1/login`.',
  },
  internalKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-internal-api-key',
    description: 'The internal key of schedulers; `npm start` prints where it lies.',
  },
  internalKeyAlias: {
    type: 'apiKey',
    in: 'header',
    name: 'x-api-key',
    description: 'The same key under its other name.',
  },
  serviceName: {
    type: 'apiKey',
    in: 'header',
    name: 'x-service-name',
    description: 'The calling service; private port only.',
  },
  serviceKey: {
    type: 'apiKey',
    in: 'header',
    name: 'x-service-key',
    description: 'Its service key; private port only.',
  },
};

const header = (name: string, description: string, schema: Schema): Parameter => ({
  name,
  in: 'header',
  description,
  schema,
});

export const HEADER_PARAMETERS = {
  RequestId: header('x-request-id', 'Names the request in logs and answers; a fresh one when absent.', {
    type: 'string',
    format: 'uuid',
  }),
  Traceparent: header('traceparent', 'W3C trace context.', { type: 'string' }),
  TenantId: header('x-tenant-id', "When present, it must equal the token's tenant.", {
    type: 'string',
    format: 'uuid',
  }),
  IdempotencyKey: header(
    'Idempotency-Key',
    'Makes a repetition within 24 h answer what the first request did.',
    {
      type: 'string',
      minLength: 1,
      maxLength: 255,
    },
  ),
  BudgetMaxUsd: header('x-budget-max-usd', 'The most that this operation may cost, in USD.', {
    type: 'string',
    pattern: '^[0-9]+(\\.[0-9]+)?$',
  }),
  Wallet: header('x-wallet', 'Which wallet pays.', { type: 'string', enum: ['user', 'team'] }),
  Range: header('Range', 'Part of the bytes, e.g. `bytes=0-1023`; answered with 206.', {
    type: 'string',
    pattern: '^bytes=',
  }),
  IfNoneMatch: header('If-None-Match', 'An `ETag` from before: 304 when nothing changed.', {
    type: 'string',
  }),
  LastEventId: header('Last-Event-ID', 'Replays what came after this event.', { type: 'string' }),
  Prefer: header('Prefer', '`wait=N` waits up to N seconds for the result.', {
    type: 'string',
    pattern: '^wait=[0-9]+$',
  }),
} satisfies Record<string, Parameter>;

export type HeaderParameter = keyof typeof HEADER_PARAMETERS;

export const RESPONSE_HEADERS: OpenApiDocument['components']['headers'] = {
  RequestId: { description: 'The id of the request.', schema: { type: 'string', format: 'uuid' } },
  RateLimit: {
    description: 'What is left of the allowance, and when it is whole again.',
    schema: { type: 'string' },
  },
  RateLimitPolicy: { description: 'The allowance: quota and window in seconds.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait before trying again.', schema: { type: 'integer' } },
  ContentRange: { description: 'Which bytes these are, of how many.', schema: { type: 'string' } },
  ETag: { description: 'Names this content; see `If-None-Match`.', schema: { type: 'string' } },
  Location: { description: 'Where the new resource is.', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: '`true` on a repeated answer.',
    schema: { type: 'string', enum: ['true'] },
  },
};

const HEADER_NAMES: Readonly<Record<string, string>> = {
  RequestId: 'x-request-id',
  RateLimit: 'RateLimit',
  RateLimitPolicy: 'RateLimit-Policy',
  RetryAfter: 'Retry-After',
  ContentRange: 'Content-Range',
  ETag: 'ETag',
  Location: 'Location',
  IdempotencyReplayed: 'Idempotency-Replayed',
};

/** References to response headers by component name. */
export function headerRefs(names: readonly string[]): Record<string, Reference> {
  return Object.fromEntries(
    names.map((name) => [HEADER_NAMES[name] ?? name, { $ref: `#/components/headers/${name}` }]),
  );
}
