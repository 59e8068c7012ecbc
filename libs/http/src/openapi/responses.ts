import { STATUS_CODES } from 'node:http';
import type { ErrorShape } from '../error-answer.js';
import type { ErrorFactory, FieldFault } from '../errors.js';
import type { RouteOptions } from '../route.js';
import { envelopeSchema, EXAMPLE_META, headerRefs } from './common-parts.js';
import type { MediaType, ResponseObject, Schema } from './document-types.js';
import type { SchemaBook } from './dto-schemas.js';
import { exampleFor } from './examples.js';

const eventStream = (example = 'event: progress\ndata: {}\n\n'): MediaType => ({
  schema: { type: 'string', description: 'Server-sent events.' },
  example,
});

/** Values that the document knows better than a shared class does, such as the name of this service. */
export type KnownValues = Readonly<Record<string, unknown>>;

/** The response of a request that went well. */
export function successResponse(
  options: RouteOptions,
  book: SchemaBook,
  {
    limited,
    isWrite,
    known,
  }: { readonly limited: boolean; readonly isWrite: boolean; readonly known: KnownValues },
): ResponseObject {
  const status = options.status ?? 200;
  const headers = ['RequestId'];
  if (limited) headers.push('RateLimit', 'RateLimitPolicy');
  if (status === 201) headers.push('Location');
  if (isWrite) headers.push('IdempotencyReplayed');
  if (options.ranges === true) headers.push('ETag');
  const description = status === 202 ? 'Accepted: the work goes on' : (STATUS_CODES[status] ?? 'OK');
  return { description, headers: headerRefs(headers), content: successContent(options, book, known) };
}

/** What a route of bytes answers besides: a part, nothing new, or a part that is not there. */
export function rangeResponses({ contentTypes }: RouteOptions): Record<string, ResponseObject> {
  const bytes = binary(contentTypes ?? ['application/octet-stream']);
  return {
    206: {
      description: 'The asked part',
      headers: headerRefs(['RequestId', 'ContentRange', 'ETag']),
      content: bytes,
    },
    304: { description: 'Not modified', headers: headerRefs(['RequestId', 'ETag']) },
    416: { description: 'No such part', headers: headerRefs(['RequestId', 'ContentRange']) },
  };
}

function successContent(
  options: RouteOptions,
  book: SchemaBook,
  known: KnownValues,
): Record<string, MediaType> {
  const { answer, raw, contentTypes } = options;
  if (answer === 'event-stream') return { 'text/event-stream': eventStream(options.streamExample) };
  if (answer === 'binary') return binary(contentTypes ?? ['application/octet-stream']);
  const data = dataSchema(options, book);
  if (raw === true) return forEachType(contentTypes ?? ['application/json'], { schema: data });
  const list = Array.isArray(answer);
  const value = {
    data: withKnown(exampleFor(data, book.schemas), known),
    error: null,
    page: list ? { next_cursor: null, has_more: false, limit: 20 } : null,
    meta: EXAMPLE_META,
  };
  const json: MediaType = { schema: envelopeSchema(data, list), example: value };
  return {
    'application/json': json,
    ...(options.mayStream === true ? { 'text/event-stream': eventStream(options.streamExample) } : {}),
  };
}

function withKnown(data: unknown, known: KnownValues): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  const replaced = Object.entries(known).filter(([name]) => name in data);
  return { ...data, ...Object.fromEntries(replaced) };
}

function binary(types: readonly string[]): Record<string, MediaType> {
  return Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string', contentMediaType: type } }]),
  );
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

/** One response per status, with an example for each code. `field` is one that may be faulty. */
export function errorResponses(
  errors: readonly ErrorFactory[],
  field = 'limit',
  shape?: ErrorShape,
): Record<string, ResponseObject> {
  const responses: Record<string, ResponseObject> = {};
  for (const error of errors) {
    const { entry } = error;
    const status = String(entry.http);
    const response = (responses[status] ??= emptyResponse(entry.http, shape));
    const examples = response.content?.['application/json']?.examples;
    if (examples !== undefined)
      examples[entry.code] = {
        summary: entry.message,
        value: shape?.body(error(detailsOf(entry, field))) ?? errorExample(entry, field),
      };
    response.description = Object.keys(examples ?? {}).join(', ');
  }
  return responses;
}

function emptyResponse(status: number, shape: ErrorShape | undefined): ResponseObject {
  const headers =
    status === 409 || status === 429 || status === 503 ? ['RequestId', 'RetryAfter'] : ['RequestId'];
  const schema = shape?.schema ?? { $ref: '#/components/schemas/ErrorEnvelope' };
  const json: MediaType = { schema, examples: {} };
  return { description: '', headers: headerRefs(headers), content: { 'application/json': json } };
}

function detailsOf({ http, code }: ErrorFactory['entry'], field: string): readonly FieldFault[] | null {
  if (http !== 400 || code !== 'VALIDATION_FAILED') return null;
  return [{ field, rule: 'required', message: `${field} is required` }];
}

function errorExample(entry: ErrorFactory['entry'], field: string): object {
  const { code, name, http, message, retryable } = entry;
  const details = detailsOf(entry, field);
  return {
    data: null,
    error: { code, name, http, message, retryable, details },
    page: null,
    meta: EXAMPLE_META,
  };
}
