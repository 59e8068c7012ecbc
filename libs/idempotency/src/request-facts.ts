import type { FastifyRequest } from 'fastify';
import { spoolMultipart } from '@eventzr/http';
import type { RequestFacts } from './fingerprint.js';

/** Reads what the fingerprint covers; a multipart body is spooled and hashed first. */
export async function factsOf(request: FastifyRequest): Promise<RequestFacts> {
  const { body, params, query, headers } = request;
  const facts = {
    body,
    params,
    query,
    wallet: single(headers['x-wallet']),
    budget: single(headers['x-budget-max-usd']),
  };
  const isForm = headers['content-type']?.toLowerCase().startsWith('multipart/form-data') === true;
  return isForm ? { ...facts, form: await spoolMultipart(request) } : facts;
}

/** Whether the caller asks for events: by `Accept`, or by `stream` in the body. */
export function wantsStream({ headers, body }: FastifyRequest): boolean {
  if (headers.accept?.includes('text/event-stream') === true) return true;
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header?.trim();
}
