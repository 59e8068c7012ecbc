import { currentContext, type RequestContext } from './context.js';
import { Paged, Reply, RenderedAnswer, WithMeta, type PageInfo, type ReplyOptions } from './answers.js';
import type { ErrorDetails } from './errors.js';

export const JSON_TYPE = 'application/json; charset=utf-8';

export interface ErrorBody {
  readonly code: string;
  readonly name: string;
  readonly http: number;
  readonly message: string;
  readonly retryable: boolean;
  readonly details: ErrorDetails;
}

type Extra = Readonly<Record<string, unknown>> | undefined;

/**
 * The answer as it will be sent for what a handler returned: plain value, `reply`, `paged` or `withMeta`. Uses the
 * current request for `meta`.
 */
export function renderAnswer(value: unknown, defaultStatus: number): RenderedAnswer {
  if (value instanceof RenderedAnswer) return value;
  if (value instanceof WithMeta) return render(value.answer, defaultStatus, value.meta);
  return render(value, defaultStatus, undefined);
}

function render(value: unknown, status: number, extra: Extra): RenderedAnswer {
  if (value instanceof Reply) {
    if (value.data instanceof Paged) return renderPage(value.data, status, extra, value.options);
    return envelope(value.data, null, value.options.status ?? status, extra, value.options);
  }
  if (value instanceof Paged) return renderPage(value, status, extra, value.options);
  return envelope(value, null, status, extra, undefined);
}

function renderPage(list: Paged, status: number, extra: Extra, options: ReplyOptions): RenderedAnswer {
  return envelope(list.items, pageBody(list.info), options.status ?? status, extra, options);
}

function pageBody({ nextCursor, limit, hasMore, total, page }: PageInfo): object {
  return {
    next_cursor: nextCursor,
    has_more: hasMore ?? nextCursor !== null,
    limit,
    ...(total === undefined ? {} : { total }),
    ...(page === undefined ? {} : { page }),
  };
}

const PLAIN_HEADERS = { 'content-type': JSON_TYPE };

function envelope(
  data: unknown,
  page: object | null,
  status: number,
  extra: Extra,
  options: ReplyOptions | undefined,
): RenderedAnswer {
  const meta = metaText(currentContext(), extra);
  const body = `{"data":${JSON.stringify(data ?? null)},"error":null,"page":${page === null ? 'null' : JSON.stringify(page)},"meta":${meta}}`;
  return new RenderedAnswer(status, body, options === undefined ? PLAIN_HEADERS : headersOf(options));
}

function headersOf({ location, headers }: ReplyOptions): Record<string, string> {
  return { ...PLAIN_HEADERS, ...(location === undefined ? {} : { location }), ...headers };
}

/** The JSON text of an error's envelope. */
export function errorEnvelope(error: ErrorBody, context: RequestContext | undefined): string {
  return `{"data":null,"error":${JSON.stringify(error)},"page":null,"meta":${metaText(context, undefined)}}`;
}

// Written by hand: the ids are checked hex and UUIDs, so nothing in them needs escaping.
function metaText(context: RequestContext | undefined, extra: Extra): string {
  const tenant = context?.principal?.tenantId;
  const tail = extra === undefined ? '' : `,${JSON.stringify(extra).slice(1, -1)}`;
  const ids =
    context === undefined
      ? '"request_id":null,"trace_id":null'
      : `"request_id":"${context.requestId}","trace_id":"${context.traceId}"`;
  return `{${ids},"tenant_id":${tenant === undefined ? 'null' : JSON.stringify(tenant)}${tail === ',' ? '' : tail}}`;
}
