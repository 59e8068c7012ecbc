import type { Type } from '@nestjs/common';
import { accessOf } from '@eventzr/auth';
import { isDtoClass, routesOf, type RouteEntry } from '@eventzr/http';
import { writeOptionsOf } from '@eventzr/idempotency';

/** A route breaks a rule of the house; the service must not start. */
export class ArchitectureError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Routes break the rules of the house: ${faults.join('; ')}`);
    this.name = 'ArchitectureError';
  }
}

/**
 * Refuses routes that nobody described: no `@Route`, no access marker, input that is not a DTO, a write of a tenant
 * that does not honour `Idempotency-Key`.
 */
export function assertDescribed(controllers: readonly Type[]): void {
  const faults = routesOf(controllers).flatMap((route) =>
    faultsOf(route).map((fault) => `${route.controller.name}.${route.handlerName} ${fault}`),
  );
  if (faults.length > 0) throw new ArchitectureError([...new Set(faults)]);
}

function faultsOf(route: RouteEntry): string[] {
  const faults: string[] = [];
  if (route.options === undefined) faults.push('has no @Route');
  const access = accessOf(route.controller, route.handler);
  if (access === undefined) faults.push('has no access marker');
  const isInternal = route.path.startsWith('/internal/');
  if (access !== undefined && isInternal !== (access.kind === 'internal')) {
    faults.push(isInternal ? 'is under /internal/ without @Internal' : 'is @Internal outside /internal/');
  }
  for (const input of route.inputs) {
    if (input.name === undefined && !isDtoClass(input.type))
      faults.push(`takes its ${input.in} without a DTO class`);
  }
  const mustClaim = access?.kind === 'authenticated' && !['get', 'head'].includes(route.method);
  if (mustClaim && writeOptionsOf(route.handler) === undefined && !isExempt(route))
    faults.push('writes without @Write');
  return faults;
}

// auth's token family never stores its answers; quotes and estimates change nothing.
function isExempt({ options }: RouteEntry): boolean {
  return options?.readOnly === true || options?.unstored === true;
}
