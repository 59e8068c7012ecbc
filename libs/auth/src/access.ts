import 'reflect-metadata';
import type { ServiceName } from '@eventzr/config';
import type { Role } from '@eventzr/http';

/** Who may call a route. Every route carries exactly one; a service with an unmarked route does not start. */
export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'authenticated'; readonly roles: readonly Role[] }
  | { readonly kind: 'job' }
  | { readonly kind: 'internal'; readonly callers: readonly ServiceName[] }
  | { readonly kind: 'signed' }
  | { readonly kind: 'vendorSigned' };

/** The metadata key under which a route's marker is stored, for document builders and architecture tests. */
export const ACCESS_METADATA = 'eventzr:access';

type AccessDecorator = MethodDecorator & ClassDecorator;

/** Open to everyone: health, documents, JWKS, the login family. */
export const Public = (): AccessDecorator => mark({ kind: 'public' });

/**
 * Any signed-in user or, with `roles`, holders of one of them or of a higher one:
 * `@Authenticated('organizer')` admits `admin` too.
 */
export const Authenticated = (...roles: Role[]): AccessDecorator => mark({ kind: 'authenticated', roles });

/** Schedulers with the internal key (`x-internal-api-key` or `x-api-key`); no key configured refuses everyone. */
export const Job = (): AccessDecorator => mark({ kind: 'job' });

/** Other services with their service key, on the private listener alone; none but the named `callers`. */
export const Internal = (...callers: ServiceName[]): AccessDecorator => mark({ kind: 'internal', callers });

/**
 * Bearers of an expiring credential in the URL, which the handler verifies; or, with an `Authorization` header, any
 * signed-in user, whom the guard verifies and sets as the principal.
 */
export const Signed = (): AccessDecorator => mark({ kind: 'signed' });

/** Vendors that sign what they send; the handler verifies it, the guard only lets it pass. */
export const VendorSigned = (): AccessDecorator => mark({ kind: 'vendorSigned' });

/** The marker of a route: the handler's own, else its controller's. */
export function accessOf(controller: object, handler: object): Access | undefined {
  const own: unknown = Reflect.getMetadata(ACCESS_METADATA, handler);
  return (own ?? Reflect.getMetadata(ACCESS_METADATA, controller)) as Access | undefined;
}

function mark(access: Access): AccessDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const subject = (descriptor?.value ?? target) as object;
    if (Reflect.hasOwnMetadata(ACCESS_METADATA, subject))
      throw new Error('A route carries exactly one access marker');
    Reflect.defineMetadata(ACCESS_METADATA, access, subject);
  };
}
