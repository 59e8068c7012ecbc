export { canonicalJson } from './fingerprint.js';
export { NO_TENANT } from './claim-scope.js';
export { ExpiredKeys } from './expired-keys.js';
export { IdempotencyModule } from './idempotency.module.js';
export { parseIdempotencyKey } from './idempotency-key.js';
export { Finished, Operations, type OperationClaim } from './operations.js';
export { Write, type WriteExtras, type WriteKind, type WriteOptions } from './write.js';
export { WRITE_METADATA, writeOptionsOf } from './write-options.js';
