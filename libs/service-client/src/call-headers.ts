import { randomBytes } from 'node:crypto';
import { newId } from '@eventzr/config';
import { currentContext } from '@eventzr/http';

/** Request id and trace of the request being served, or fresh ones in jobs; the caller's token only when asked. */
export function callHeaders(forwardToken: boolean): Record<string, string> {
  const context = currentContext();
  const headers: Record<string, string> = {
    'x-request-id': context?.requestId ?? newId(),
    traceparent: childOf(context?.traceparent),
  };
  if (!forwardToken) return headers;
  if (context?.principal === undefined) throw new Error('There is no token to forward in this context');
  headers['authorization'] = `Bearer ${context.principal.token}`;
  return headers;
}

/** The same trace with a span of its own (W3C Trace Context). */
function childOf(traceparent: string | undefined): string {
  const [version, traceId, , flags] = (traceparent ?? '').split('-');
  const span = randomBytes(8).toString('hex');
  if (version !== '00' || traceId === undefined || flags === undefined)
    return `00-${randomBytes(16).toString('hex')}-${span}-01`;
  return `00-${traceId}-${span}-${flags}`;
}
