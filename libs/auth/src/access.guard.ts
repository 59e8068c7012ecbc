import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { ServiceName } from '@eventzr/config';
import { currentContext, HttpErrors, type Principal, type RequestContext, type Role } from '@eventzr/http';
import { accessOf, type Access } from './access.js';
import { credentialMissing, keyRefused, stepUpRequired } from './auth-faults.js';
import type { RevocationFeed } from './revocation-feed.js';
import { assertTenant, bearerOf } from './request-credentials.js';
import { hasRole } from './roles.js';
import type { HeaderValue, InternalKeys, ServiceKeys } from './service-keys.js';
import type { TokenVerifier } from './token-verifier.js';

/** How long past its end a forwarded token still speaks for the user whose work it began. */
const FORWARDED_GRACE_SECONDS = 15 * 60;
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface AccessGuardParts {
  readonly service: ServiceName;
  readonly verifier: TokenVerifier;
  readonly feed: RevocationFeed;
  readonly internalKeys: InternalKeys;
  readonly serviceKeys: ServiceKeys;
}

interface IncomingRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}

/** The one guard in front of every route. Closed by default: a route without a marker answers nobody. */
export class AccessGuard implements CanActivate {
  // Controller and handler never change, and reading metadata costs as much as the rest of a known caller's check.
  private readonly markers = new WeakMap<object, WeakMap<object, Access>>();

  constructor(private readonly parts: AccessGuardParts) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const access = this.markerOf(execution.getClass(), execution.getHandler());
    if (access?.kind === 'public' || access?.kind === 'vendorSigned') return true;
    const context = currentContext();
    if (access === undefined || context === undefined) throw credentialMissing();
    return this.admit(access, execution.switchToHttp().getRequest<IncomingRequest>(), context);
  }

  private markerOf(controller: object, handler: object): Access | undefined {
    const known = this.markers.get(controller)?.get(handler);
    if (known !== undefined) return known;
    const access = accessOf(controller, handler);
    if (access === undefined) return undefined;
    const handlers = this.markers.get(controller) ?? new WeakMap<object, Access>();
    this.markers.set(controller, handlers.set(handler, access));
    return access;
  }

  private admit(
    access: Access,
    request: IncomingRequest,
    context: RequestContext,
  ): boolean | Promise<boolean> {
    switch (access.kind) {
      case 'authenticated':
        return this.admitUser(access.roles, request, context);
      case 'signed':
        // One route serves both: whoever names himself is checked as a user, the others as bearers of the URL.
        return request.headers.authorization === undefined || this.admitUser([], request, context);
      case 'job':
        return this.admitJob(request, context);
      case 'internal':
        return this.admitService(access.callers, request, context);
      default:
        return true;
    }
  }

  private admitUser(
    roles: readonly Role[],
    request: IncomingRequest,
    context: RequestContext,
  ): boolean | Promise<boolean> {
    const compact = bearerOf(request.headers.authorization);
    if (compact === undefined) throw credentialMissing();
    this.parts.feed.assertUsable(isSensitive(request.method, roles));
    const settle = (principal: Principal): boolean => {
      assertTenant(request.headers['x-tenant-id'], principal.tenantId);
      if (principal.stepUp.includes(this.parts.service) && !principal.amr.includes('otp'))
        throw stepUpRequired();
      if (!hasRole(principal.roles, roles)) throw HttpErrors.FORBIDDEN();
      context.principal = principal;
      return true;
    };
    const known = this.parts.verifier.verifyKnown(compact);
    return known === undefined ? this.parts.verifier.verify(compact).then(settle) : settle(known);
  }

  private admitJob({ headers }: IncomingRequest, context: RequestContext): boolean {
    if (!this.parts.internalKeys.accepts(headers['x-internal-api-key'], headers['x-api-key']))
      throw keyRefused();
    context.caller = 'internal';
    return true;
  }

  private async admitService(
    callers: readonly ServiceName[],
    request: IncomingRequest,
    context: RequestContext,
  ): Promise<boolean> {
    const { headers, method } = request;
    if (context.port !== 'internal') throw HttpErrors.NOT_FOUND();
    const name = headers['x-service-name'];
    if (!this.parts.serviceKeys.accepts(name, headers['x-service-key'])) throw keyRefused();
    if (!callers.some((caller) => caller === name)) throw HttpErrors.FORBIDDEN();
    const compact = bearerOf(headers.authorization);
    if (compact !== undefined) {
      this.parts.feed.assertUsable(isSensitive(method, []));
      const principal = await this.parts.verifier.verify(compact, { graceSeconds: FORWARDED_GRACE_SECONDS });
      assertTenant(headers['x-tenant-id'], principal.tenantId);
      context.principal = principal;
    }
    context.caller = name;
    return true;
  }
}

/** Whatever changes something, and everything that takes an administrator. */
function isSensitive(method: string, roles: readonly Role[]): boolean {
  return !READS.has(method) || (roles.length > 0 && roles.every((role) => role === 'admin'));
}
