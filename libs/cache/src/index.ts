export * from './cache-store.js';
export * from './cache.module.js';
export * from './memory-cache-store.js';
export * from './redis-cache-store.js';
