export { providersOf } from './discovery.js';
export * from './job-handler.js';
export * from './job-queue.js';
export * from './job-report.js';
export * from './job-runner.js';
export * from './jobs.module.js';
export * from './lease.js';
export * from './sweep.js';
export * from './sweep-runner.js';
