import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppLogger } from './app-logger.js';
import { currentContext } from './context.js';
import type { RequestContext } from './context.js';
import { errorEnvelope, JSON_TYPE, type ErrorBody } from './envelope.js';
import { CatalogueError, HttpErrors, type ErrorFactory } from './errors.js';
import { HouseContext } from './house-context.js';
import type { Schema } from './openapi/document-types.js';

const DEFAULT_RETRY_AFTER_SECONDS = 5;

const BY_STATUS: Readonly<Record<number, ErrorFactory>> = {
  400: HttpErrors.MALFORMED_BODY,
  401: HttpErrors.UNAUTHORIZED,
  403: HttpErrors.FORBIDDEN,
  404: HttpErrors.NOT_FOUND,
  405: HttpErrors.NOT_FOUND,
  406: HttpErrors.UNSUPPORTED_MEDIA_TYPE,
  408: HttpErrors.MALFORMED_BODY,
  411: HttpErrors.MALFORMED_BODY,
  413: HttpErrors.PAYLOAD_TOO_LARGE,
  414: HttpErrors.VALIDATION_FAILED,
  415: HttpErrors.UNSUPPORTED_MEDIA_TYPE,
  429: HttpErrors.RATE_LIMITED,
  431: HttpErrors.VALIDATION_FAILED,
  503: HttpErrors.UNAVAILABLE,
};

/** Codes of node, Postgres and Prisma that mean "not reachable now", not "wrong". */
const UNREACHABLE = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT',
  '08000', '08001', '08003', '08004', '08006', '53300', '55P03', '57P01', '57P02', '57P03',
  'P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028',
]); // prettier-ignore
const LOST_CONNECTION = /Connection terminated|timeout exceeded when trying to connect/i;

/** Turns whatever was thrown into an entry of the catalogue. */
export function toCatalogueError(error: unknown): CatalogueError {
  if (error instanceof CatalogueError) return error;
  if (error instanceof HttpException) return byStatus(error.getStatus(), error);
  if (typeof error !== 'object' || error === null) return HttpErrors.INTERNAL(null, { cause: error });
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  if (typeof code === 'string') {
    if (code === 'FST_ERR_BAD_URL') return badUrl(error);
    if (code.startsWith('FST_') && typeof statusCode === 'number') return byStatus(statusCode, error);
    if (UNREACHABLE.has(code)) return HttpErrors.UNAVAILABLE(null, { cause: error });
  }
  return (LOST_CONNECTION.test(String(message)) ? HttpErrors.UNAVAILABLE : HttpErrors.INTERNAL)(null, {
    cause: error,
  });
}

function byStatus(status: number, cause: unknown): CatalogueError {
  return (BY_STATUS[status] ?? (status < 500 ? HttpErrors.VALIDATION_FAILED : HttpErrors.INTERNAL))(null, {
    cause,
  });
}

function badUrl(cause: unknown): CatalogueError {
  const fault = { field: 'path', rule: 'encoding', message: 'the path is not valid percent-encoded UTF-8' };
  return HttpErrors.VALIDATION_FAILED([fault], { cause });
}

/** The `error` part of an envelope. */
export function errorBody({ entry, message, details }: CatalogueError): ErrorBody {
  return {
    code: entry.code,
    name: entry.name,
    http: entry.http,
    message,
    retryable: entry.retryable,
    details,
  };
}

/** Paths whose errors are answered in another protocol's words, whatever refused them and wherever that was. */
export interface ErrorShape {
  /** Beginning of the paths, `/llm-orch/v1/openai/`. */
  readonly below: string;
  readonly body: (error: CatalogueError) => object;
  /** Of the body, for the document. */
  readonly schema: Schema;
}

/** Answers `error` as an envelope, or in the shape of its path, and logs what operators should know. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: AppLogger,
  shape?: ErrorShape,
): void {
  const known = toCatalogueError(error);
  const context = currentContext() ?? new HouseContext(request, reply.raw);
  if (context instanceof HouseContext) context.errorCode = known.entry.code;
  logError(known, context, logger);
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  // Whatever headers the failed handler chose speak of an answer that is not given.
  for (const name of ['content-length', 'content-encoding', 'location', 'etag', 'cache-control'])
    reply.removeHeader(name);
  void reply
    .code(known.entry.http)
    .headers(errorHeaders(known))
    .send(bodyOf(known, request, context, shape));
}

function bodyOf(
  error: CatalogueError,
  { url }: FastifyRequest,
  context: RequestContext,
  shape: ErrorShape | undefined,
): string {
  if (shape !== undefined && url.startsWith(shape.below)) return JSON.stringify(shape.body(error));
  return errorEnvelope(errorBody(error), context);
}

function errorHeaders(error: CatalogueError): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': JSON_TYPE, 'cache-control': 'no-store' };
  const { http } = error.entry;
  const wait =
    error.retryAfterSeconds ?? (http === 429 || http === 503 ? DEFAULT_RETRY_AFTER_SECONDS : undefined);
  if (wait !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(wait)));
  if (http === 401) headers['www-authenticate'] = 'Bearer';
  return Object.assign(headers, error.headers);
}

function logError(
  error: CatalogueError,
  context: Pick<RequestContext, 'requestId' | 'route' | 'signal'>,
  logger: AppLogger,
): void {
  const { logLevel, code, http } = error.entry;
  const { requestId, route } = context;
  // A call that was broken off fails by that alone; a fault of ours is one whether or not the caller still waits.
  const { aborted, reason } = context.signal as { aborted: boolean; reason: unknown };
  if (aborted && (code !== HttpErrors.INTERNAL.entry.code || error.cause === reason)) {
    logger.info({ requestId, route, code }, 'the caller went away before the answer');
    return;
  }
  // What callers did wrong stands in the access log with its code.
  if (http < 500 && (logLevel === 'info' || logLevel === 'debug')) return;
  const facts = { requestId, route, code, err: error.cause ?? error };
  logger[logLevel](facts, error.message);
}
