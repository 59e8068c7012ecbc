import { AsyncLocalStorage } from 'node:async_hooks';

export type Role = 'user' | 'organizer' | 'admin' | 'partner' | 'developer';
export type Tier = 'BASE' | 'PRO' | 'ENTERPRISE';

/** Who calls, as the verified token says. */
export interface Principal {
  readonly userId: string;
  readonly tenantId: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly tier: Tier;
  readonly planTier: string | undefined;
  readonly sessionId: string | undefined;
  readonly tokenId: string | undefined;
  readonly amr: readonly string[];
  /** Services that ask this account for a second factor (RFC 9470). */
  readonly stepUp: readonly string[];
  readonly expiresAt: Date;
  /** The compact token, to be forwarded to other services; never logged. */
  readonly token: string;
}

/** What the house knows about the request being served, from the first hook to the last log line. */
export interface RequestContext {
  readonly requestId: string;
  readonly traceId: string;
  readonly traceparent: string;
  readonly method: string;
  /** Route template such as `/studio/v1/assets/:id`; undefined until the router matched. */
  route: string | undefined;
  /** Which listener took the request. */
  readonly port: 'public' | 'internal';
  /** The caller's address, as far as trusted proxies tell it. */
  readonly clientAddress: string;
  /** Aborted when the client goes away before the answer is complete. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  principal: Principal | undefined;
  /** The calling service on internal routes, `internal` on job routes. */
  caller: string | undefined;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the request being served; undefined in jobs and at start-up. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs `work` with `context` as the current request. */
export function runInContext<R>(context: RequestContext, work: () => R): R {
  return storage.run(context, work);
}

/**
 * The verified caller of the current request.
 * @throws Error outside an authenticated request: a programming error, not a caller's
 */
export function currentPrincipal(): Principal {
  const principal = storage.getStore()?.principal;
  if (principal === undefined) throw new Error('No authenticated principal in this context');
  return principal;
}
