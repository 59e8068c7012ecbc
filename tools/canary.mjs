// Proves that the module boundaries are really enforced: without a cached project graph the rule is skipped
// in silence. A forbidden import is linted under a virtual file name; no file in the tree, so no edge in the graph.
import { ESLint } from 'eslint';

const FORBIDDEN = [
  [
    'apps/studio/src/canary.ts',
    "import { wallet } from '@eventzr/wallet-svc/app';\nexport const x = wallet;\n",
  ],
  [
    'libs/http/src/canary.ts',
    "import { studio } from '@eventzr/studio-svc/app';\nexport const x = studio;\n",
  ],
  ['libs/db/src/canary.ts', "import { Credits } from '@eventzr/wallet-client';\nexport const x = Credits;\n"],
  [
    'apps/studio/src/canary.ts',
    "import { TokenMint } from '@eventzr/testing';\nexport const x = TokenMint;\n",
  ],
];

const eslint = new ESLint({
  ruleFilter: ({ ruleId }) => ruleId.startsWith('@nx/'),
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false, project: null } } }],
});

let missed = 0;
for (const [filePath, text] of FORBIDDEN) {
  const [result] = await eslint.lintText(text, { filePath });
  if (result?.messages.some(({ ruleId }) => ruleId === '@nx/enforce-module-boundaries')) continue;
  missed += 1;
  console.error(`canary: a forbidden import in ${filePath} was not reported:\n${text}`);
}
if (missed > 0) process.exit(1);
console.log(`canary: ${FORBIDDEN.length} forbidden imports were reported`);
