// node tools/ci-summary.mjs <exit status of `npm run check`> <jest result file>...
// Prints skipped tests by name, then `<n> passed, <n> failed`. A skipped test and a missing result count as failures.
import { existsSync, readFileSync } from 'node:fs';

const [checkStatus, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files) {
  if (!existsSync(file)) {
    console.log(`no test result in ${file}`);
    failed += 1;
    continue;
  }
  const result = JSON.parse(readFileSync(file, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  for (const { assertionResults } of result.testResults) {
    for (const { status, fullName } of assertionResults) {
      if (status !== 'pending' && status !== 'todo') continue;
      console.log(`skipped: ${fullName}`);
      failed += 1;
    }
  }
}
if (checkStatus === '0') passed += 1;
else failed += 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
