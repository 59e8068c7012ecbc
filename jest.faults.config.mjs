import common from './jest.config.mjs';

/** Fault tests start whole platforms and kill them; they run one after the other. */
export default {
  ...common,
  testMatch: ['**/src/**/*.faults.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 1,
  testTimeout: 180_000,
};
