import { readFileSync } from 'node:fs';

const { exclude: _specsAreNotBuilt, ...swc } = JSON.parse(
  readFileSync(new URL('.swcrc', import.meta.url), 'utf8'),
);

export default {
  testEnvironment: '<rootDir>/libs/testing/jest-environment.mjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testMatch: ['**/src/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.faults\\.spec\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  resolver: '<rootDir>/libs/testing/resolver.cjs',
  testEnvironmentOptions: { customExportConditions: ['@eventzr/source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/libs/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/global-teardown.mjs',
  coveragePathIgnorePatterns: ['/generated/', '/node_modules/'],
  modulePathIgnorePatterns: ['/dist/'],
  maxWorkers: 2,
  workerIdleMemoryLimit: '768MB',
  testTimeout: 30_000,
};
