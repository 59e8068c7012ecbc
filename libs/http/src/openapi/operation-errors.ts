import type { Type } from '@nestjs/common';
import { faultsOf } from '../dto.js';
import { HttpErrors, type ErrorFactory } from '../errors.js';
import { isDtoClass } from '../validation.js';
import { rulesOf } from './dto-schemas.js';
import type { RouteAccess } from './document-builder.js';
import type { RouteEntry } from './route-table.js';

/** Every error that a route may answer: its own, those of its DTOs, and those of its kind. */
export function errorsOf(route: RouteEntry, access: RouteAccess, isWrite: boolean): ErrorFactory[] {
  const has = (place: string): boolean => route.inputs.some((input) => input.in === place);
  const takesBody = has('body') || route.options?.multipart !== undefined;
  const errors = [
    ...(route.options?.errors ?? []),
    ...dtoErrors(route),
    ...accessErrors(access),
    ...(has('path') ? [HttpErrors.NOT_FOUND] : []),
    ...(takesBody ? [HttpErrors.PAYLOAD_TOO_LARGE, HttpErrors.UNSUPPORTED_MEDIA_TYPE] : []),
    ...(route.inputs.length > 0 || takesBody || isWrite ? [HttpErrors.VALIDATION_FAILED] : []),
    // What is no HTTP at all gets this from any route.
    ...(route.method === 'get' && access.kind !== 'public' ? [] : [HttpErrors.MALFORMED_BODY]),
    ...(isWrite ? [HttpErrors.IDEMPOTENCY_IN_PROGRESS, HttpErrors.IDEMPOTENCY_KEY_REUSED] : []),
    ...(route.options?.budget === true ? [HttpErrors.INSUFFICIENT_CREDITS, HttpErrors.BUDGET_EXCEEDED] : []),
    HttpErrors.INTERNAL,
    HttpErrors.UNAVAILABLE,
  ];
  return [...new Set(errors)].sort((a, b) => a.entry.http - b.entry.http);
}

function dtoErrors(route: RouteEntry): ErrorFactory[] {
  const classes = route.inputs.map(({ type }) => type).concat(route.options?.multipart?.fields ?? []);
  return classes.filter(isDtoClass).flatMap((dtoClass) => faultsWithin(dtoClass));
}

function faultsWithin(dtoClass: Type): ErrorFactory[] {
  return faultsOf(dtoClass as { prototype: object }, [...rulesOf(dtoClass).keys()]);
}

function accessErrors({ kind, restricted }: RouteAccess): ErrorFactory[] {
  if (kind === 'authenticated' || kind === 'signed') {
    return [
      HttpErrors.UNAUTHORIZED,
      HttpErrors.TOKEN_EXPIRED,
      HttpErrors.TOKEN_INVALID,
      HttpErrors.TOKEN_REVOKED,
      HttpErrors.STEP_UP_REQUIRED,
      HttpErrors.TENANT_MISMATCH,
      ...(restricted ? [HttpErrors.FORBIDDEN] : []),
      ...(kind === 'authenticated' ? [HttpErrors.RATE_LIMITED] : []),
    ];
  }
  return kind === 'public' ? [] : [HttpErrors.UNAUTHORIZED];
}
