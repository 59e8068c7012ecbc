import { STATUS_CODES } from 'node:http';
import type { ErrorFactory } from '../errors.js';
import type { RouteOptions } from '../route.js';
import { envelopeSchema, EXAMPLE_META, headerRefs } from './common-parts.js';
import type { MediaType, ResponseObject, Schema } from './document-types.js';
import type { SchemaBook } from './dto-schemas.js';
import { exampleFor } from './examples.js';

const EVENT_STREAM: MediaType = {
  schema: { type: 'string', description: 'Server-sent events.' },
  example: 'event: progress\ndata: {}\n\n',
};

/** The response of a request that went well. */
export function successResponse(
  options: RouteOptions,
  book: SchemaBook,
  { limited, isWrite }: { readonly limited: boolean; readonly isWrite: boolean },
): ResponseObject {
  const status = options.status ?? 200;
  const headers = ['RequestId'];
  if (limited) headers.push('RateLimit', 'RateLimitPolicy');
  if (status === 201) headers.push('Location');
  if (isWrite) headers.push('IdempotencyReplayed');
  const description = status === 202 ? 'Accepted: the work goes on' : (STATUS_CODES[status] ?? 'OK');
  return { description, headers: headerRefs(headers), content: successContent(options, book) };
}

function successContent(options: RouteOptions, book: SchemaBook): Record<string, MediaType> {
  const { answer, raw, contentTypes } = options;
  if (answer === 'event-stream') return { 'text/event-stream': EVENT_STREAM };
  if (answer === 'binary') return forEachType(contentTypes ?? ['application/octet-stream'], {});
  const data = dataSchema(options, book);
  if (raw === true) return forEachType(contentTypes ?? ['application/json'], { schema: data });
  const list = Array.isArray(answer);
  const value = {
    data: exampleFor(data, book.schemas),
    error: null,
    page: list ? { next_cursor: null, has_more: false, limit: 20 } : null,
    meta: EXAMPLE_META,
  };
  const json: MediaType = { schema: envelopeSchema(data, list), example: value };
  return {
    'application/json': json,
    ...(options.mayStream === true ? { 'text/event-stream': EVENT_STREAM } : {}),
  };
}

function dataSchema({ answer }: RouteOptions, book: SchemaBook): Schema {
  if (answer === undefined || typeof answer === 'string') return {};
  if (typeof answer === 'function') return book.refTo(answer);
  const [item] = answer;
  return { type: 'array', items: book.refTo(item) };
}

function forEachType(types: readonly string[], media: MediaType): Record<string, MediaType> {
  return Object.fromEntries(types.map((type) => [type, media]));
}

/** One response per status, with an example envelope for each code. */
export function errorResponses(errors: readonly ErrorFactory[]): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {};
  for (const { entry } of errors) {
    const status = String(entry.http);
    const response = (responses[status] ??= emptyResponse(entry.http));
    const examples = response.content?.['application/json']?.examples;
    if (examples !== undefined) examples[entry.code] = { summary: entry.message, value: errorExample(entry) };
    response.description = Object.keys(examples ?? {}).join(', ');
  }
  return responses;
}

function emptyResponse(status: number): ResponseObject {
  const headers = status === 429 || status === 503 ? ['RequestId', 'RetryAfter'] : ['RequestId'];
  const json: MediaType = { schema: { $ref: '#/components/schemas/ErrorEnvelope' }, examples: {} };
  return { description: '', headers: headerRefs(headers), content: { 'application/json': json } };
}

function errorExample(entry: ErrorFactory['entry']): object {
  const { code, name, http, message, retryable } = entry;
  const details =
    http === 400 && code === 'VALIDATION_FAILED'
      ? [{ field: 'name', rule: 'required', message: 'name is required' }]
      : null;
  return {
    data: null,
    error: { code, name, http, message, retryable, details },
    page: null,
    meta: EXAMPLE_META,
  };
}
