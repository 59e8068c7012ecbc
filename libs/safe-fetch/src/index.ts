export type { AddressRule, Resolve } from './checked-lookup.js';
export * from './fetch-refused.js';
export * from './public-address.js';
export * from './safe-fetch.js';
export * from './safe-fetch.module.js';
