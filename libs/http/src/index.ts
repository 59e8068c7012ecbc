export * from './context.js';
export * from './errors.js';
