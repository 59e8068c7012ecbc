import { type CatalogueError, type ErrorFactory, HttpErrors } from '@eventzr/http';
import { RemoteError, RemoteUnavailable } from '@eventzr/service-client';
import { StorageFault } from '@eventzr/storage';
import { StudioErrors } from '../studio.errors.js';

const RETRY_AFTER_SECONDS = 5;

/** What the vault says by its code, in our words. */
const BY_CODE: Readonly<Record<string, ErrorFactory>> = {
  ERR_VAULT_QUOTA_EXCEEDED: StudioErrors.VAULT_QUOTA_EXCEEDED,
  ERR_VAULT_INVALID_MIME_TYPE: StudioErrors.VAULT_TYPE_REFUSED,
  ERR_VAULT_INVALID_FILE_SIZE: StudioErrors.VAULT_FILE_TOO_LARGE,
  PAYLOAD_TOO_LARGE: StudioErrors.VAULT_FILE_TOO_LARGE,
  FORBIDDEN: HttpErrors.FORBIDDEN,
  IDEMPOTENCY_IN_PROGRESS: HttpErrors.IDEMPOTENCY_IN_PROGRESS,
  TOKEN_EXPIRED: HttpErrors.TOKEN_EXPIRED,
  TOKEN_INVALID: HttpErrors.TOKEN_INVALID,
  TOKEN_REVOKED: HttpErrors.TOKEN_REVOKED,
  STEP_UP_REQUIRED: HttpErrors.STEP_UP_REQUIRED,
};

/** What the vault says by its status, where its code is not known here. */
const BY_STATUS: Readonly<Record<number, ErrorFactory>> = {
  401: HttpErrors.UNAUTHORIZED,
  403: HttpErrors.FORBIDDEN,
  413: StudioErrors.VAULT_FILE_TOO_LARGE,
  415: StudioErrors.VAULT_TYPE_REFUSED,
  429: StudioErrors.VAULT_UNAVAILABLE,
  503: StudioErrors.VAULT_UNAVAILABLE,
  504: StudioErrors.VAULT_UNAVAILABLE,
};

/** The refusal, fault or silence of the vault as an error of our catalogue. */
export function vaultFault(error: unknown): Error {
  if (error instanceof RemoteUnavailable) return unavailable(error);
  if (error instanceof RemoteError) return refused(error);
  // The purge was faster than this reader.
  if (error instanceof StorageFault && error.kind === 'not-found')
    return StudioErrors.ASSET_NOT_FOUND(null, { cause: error });
  if (error instanceof StorageFault) return HttpErrors.UNAVAILABLE(null, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

function unavailable(cause: RemoteUnavailable): CatalogueError {
  if (cause.reason === 'not_configured')
    return HttpErrors.PROVIDER_NOT_CONFIGURED({ provider: 'vault' }, { cause });
  return StudioErrors.VAULT_UNAVAILABLE(null, { cause, retryAfterSeconds: cause.retryAfterSeconds });
}

function refused(cause: RemoteError): CatalogueError {
  const { code, status, details, retryAfterSeconds } = cause;
  const known = BY_CODE[code] ?? BY_STATUS[status];
  if (known === undefined) return StudioErrors.VAULT_FAILED({ status, code }, { cause });
  if (!known.entry.retryable) return known(details, { cause });
  return known(details, { cause, retryAfterSeconds: retryAfterSeconds ?? RETRY_AFTER_SECONDS });
}
