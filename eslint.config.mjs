import { globSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const PRISMA = {
  group: ['**/generated/prisma/*', '@prisma/*'],
  message: 'Prisma belongs in *.repository.ts, <service>.db.ts and libs/db.',
};
const POSTGRES = { group: ['pg'], message: 'SQL clients belong in *.repository.ts and libs/db.' };
const ENVIRONMENT = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'process.env is read in config.ts only.',
};
const NON_NULL = { selector: 'TSNonNullExpression', message: 'Say why it cannot be null by checking it.' };
const FORWARD_REF = {
  selector: "CallExpression[callee.name='forwardRef']",
  message: 'Break the circle instead.',
};
const REQUEST_SCOPE = {
  selector: "MemberExpression[object.name='Scope'][property.name='REQUEST']",
  message: 'Request-scoped providers rebuild the graph per call: use the request context.',
};
const HTTP_EXCEPTION = {
  selector: 'NewExpression[callee.name=/^(HttpException|.+Exception)$/]',
  message: 'Throw an error of the catalogue.',
};
const TESTING = '@eventzr/testing';
const SYNTAX = [ENVIRONMENT, NON_NULL, FORWARD_REF, REQUEST_SCOPE, HTTP_EXCEPTION];

const platform = { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform'] };
const client = { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:platform', 'type:client'] };
const app = { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:platform', 'type:client'] };
const testing = {
  sourceTag: 'type:testing',
  onlyDependOnLibsWithTags: ['type:platform', 'type:client', 'type:testing'],
};
const standalone = {
  sourceTag: 'type:standalone',
  onlyDependOnLibsWithTags: ['type:app', 'type:platform', 'type:client'],
};
const e2e = {
  sourceTag: 'type:e2e',
  onlyDependOnLibsWithTags: ['type:standalone', 'type:app', 'type:platform', 'type:client', 'type:testing'],
};
// Specs of libs use the testing lib, which stands on them: a circle of the graph, not of the code that runs.
const LIBS = globSync('libs/*/package.json').map((file) => JSON.parse(readFileSync(file, 'utf8')).name);
const ignoredCircularDependencies = LIBS.filter((name) => name !== TESTING).map((name) => [TESTING, name]);
const boundaries = (...depConstraints) => ({
  '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints, ignoredCircularDependencies }],
});
const withTesting = (rule) => ({
  ...rule,
  onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing'],
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/prisma.config.ts',
      'libs/testing/prisma/**',
      '**/node_modules/**',
      '.nx/**',
      '.data/**',
      'coverage/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: globals.node },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] },
  },
  {
    files: ['{apps,libs}/*/src/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...boundaries(platform, client, app, testing, standalone, e2e),
      'no-restricted-syntax': ['error', ...SYNTAX],
      'no-restricted-imports': ['error', { patterns: [PRISMA, POSTGRES] }],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: [
      '**/*.repository.ts',
      'apps/*/src/*.db.ts',
      'libs/db/**/*.ts',
      'libs/jobs/**/*.ts',
      'libs/testing/**/*.ts',
      'apps/e2e/**/*.ts',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['apps/*/src/config.ts', 'apps/standalone/src/config.ts', 'libs/testing/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', NON_NULL, FORWARD_REF, REQUEST_SCOPE, HTTP_EXCEPTION] },
  },
  {
    files: ['**/*.{spec,fake,conformance}.ts', 'libs/testing/src/**/*.ts', 'apps/e2e/src/**/*.ts'],
    rules: {
      ...boundaries(withTesting(platform), withTesting(client), withTesting(app), testing, standalone, e2e),
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', FORWARD_REF, REQUEST_SCOPE],
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  prettier,
);
