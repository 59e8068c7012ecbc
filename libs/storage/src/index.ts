export * from './byte-range.js';
export * from './byte-store.js';
export * from './content-answer.js';
export * from './disk-byte-store.js';
export * from './signed-urls.js';
export * from './storage.module.js';
