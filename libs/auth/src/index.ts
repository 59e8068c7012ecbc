export * from './access.js';
export * from './current.js';
export * from './roles.js';
export * from './tier.js';
