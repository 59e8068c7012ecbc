import { HttpErrors, type CatalogueError, type ErrorFactory } from '@eventzr/http';

/** 401 when no usable credential came along. */
export function credentialMissing(): CatalogueError {
  return HttpErrors.UNAUTHORIZED(null, { headers: { 'www-authenticate': 'Bearer realm="eventzr"' } });
}

/** 401 for a token that was refused; the reason is told in the words of the catalogue alone. */
export function tokenRefused(factory: ErrorFactory, cause?: unknown): CatalogueError {
  const challenge = `Bearer realm="eventzr", error="invalid_token", error_description="${factory.entry.message}"`;
  return factory(null, { cause, headers: { 'www-authenticate': challenge } });
}

export const tokenInvalid = (reason: string): CatalogueError =>
  tokenRefused(HttpErrors.TOKEN_INVALID, new Error(reason));

/** 401 that asks for a second factor (RFC 9470). */
export function stepUpRequired(): CatalogueError {
  const challenge =
    'Bearer error="insufficient_user_authentication", error_description="A second factor is required", acr_values="otp"';
  return HttpErrors.STEP_UP_REQUIRED(null, { headers: { 'www-authenticate': challenge } });
}

/** 401 for job and internal routes, which know no Bearer token. */
export function keyRefused(): CatalogueError {
  return HttpErrors.UNAUTHORIZED(null, {
    headers: { 'www-authenticate': 'ApiKey realm="eventzr-internal"' },
  });
}
