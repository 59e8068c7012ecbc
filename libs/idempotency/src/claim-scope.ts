import { currentContext, type RequestContext } from '@eventzr/http';

/** Keys of callers without a tenant (the job scheduler, services in their own name) are kept under the nil UUID. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** Whose key this is and for what: the same key elsewhere is another key. */
export interface ClaimScope {
  readonly tenantId: string;
  /** The user's id, `internal` for the job scheduler, `service:<name>` for a service in its own name. */
  readonly principal: string;
  readonly method: string;
  /** The route template. */
  readonly route: string;
  readonly key: string;
}

/** The scope of `key` in the current request. */
export function scopeOf(key: string, method: string, routeTemplate: string): ClaimScope {
  const context = currentContext();
  return {
    tenantId: tenantOfRequest(),
    principal: principalOf(context),
    method,
    route: context?.route ?? routeTemplate,
    key,
  };
}

/** The tenant of the current request; `NO_TENANT` on job routes. */
export function tenantOfRequest(): string {
  return currentContext()?.principal?.tenantId ?? NO_TENANT;
}

function principalOf(context: RequestContext | undefined): string {
  if (context?.principal !== undefined) return context.principal.userId;
  if (context?.caller === undefined) throw new Error('A @Write route needs an authenticated caller');
  return context.caller === 'internal' ? 'internal' : `service:${context.caller}`;
}
