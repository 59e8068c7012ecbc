import { defineErrors } from '@eventzr/http';

/** The documented codes, all under `ERR_VAULT_`; those of versions, folders and legal holds wait for their rooms. */
export const VaultErrors = defineErrors({
  INVALID_INPUT: {
    code: 'ERR_VAULT_INVALID_INPUT',
    http: 400,
    message: 'The request does not satisfy the rules of this route.',
  },
  INVALID_MIME_TYPE: {
    code: 'ERR_VAULT_INVALID_MIME_TYPE',
    http: 400,
    message: 'The file must be an image, video, audio or PDF, and its type, name and content must agree.',
  },
  INVALID_FILE_SIZE: {
    code: 'ERR_VAULT_INVALID_FILE_SIZE',
    http: 400,
    message: 'The file is empty or larger than this route accepts.',
  },
  UNAUTHORIZED: {
    code: 'ERR_VAULT_UNAUTHORIZED',
    http: 401,
    message: 'A token or a signed link is required.',
  },
  FORBIDDEN: { code: 'ERR_VAULT_FORBIDDEN', http: 403, message: 'This link is not valid or has expired.' },
  QUOTA_EXCEEDED: {
    code: 'ERR_VAULT_QUOTA_EXCEEDED',
    http: 403,
    message: 'The file does not fit into the storage of the plan.',
  },
  PRIVATE_ASSET: {
    code: 'ERR_VAULT_PRIVATE_ASSET',
    http: 403,
    message: 'This asset is private to its owner.',
  },
  NOT_FOUND: { code: 'ERR_VAULT_NOT_FOUND', http: 404, message: 'There is no such asset or folder.' },
  STORAGE_UNAVAILABLE: {
    code: 'ERR_VAULT_STORAGE_UNAVAILABLE',
    http: 503,
    message: 'The file cannot be stored or read at the moment.',
  },
});
