export * from './token-mint.js';
export * from './database.js';
