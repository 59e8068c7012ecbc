export * from './clock.js';
export * from './house-config.js';
export * from './ids.js';
export * from './load-config.js';
export * from './logger.js';
export * from './services.js';
