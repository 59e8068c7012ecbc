// `npm run bench` prints every row; `npm run bench -- <row>` one of them; `--short` a quick form; `--profile <folder>`
// leaves a CPU profile of every measured process there.
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Bench } from './harness.mjs';
import { table } from './report.mjs';

const ROWS = [
  'guarded-get',
  'hold-capture',
  'hot-wallet',
  'idempotency',
  'llm-gateway',
  'orchestration',
  'tenant-read',
  'start-up',
  'picture',
  'voice-turn',
  'claims',
  'tokens',
  'login',
  'studio-images',
  'studio-transforms',
  'studio-pick-up',
  'studio-latency',
];
const LIMIT_MS = 480_000;
/** A row needs up to this much of the limit on a machine that others use too. */
const LAST_START_MS = LIMIT_MS - 35_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: 'boolean', default: false }, profile: { type: 'string' } },
});
const unknown = positionals.filter((name) => !ROWS.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No such row: ${unknown.join(', ')}. Rows: ${ROWS.join(', ')}\n`);
  process.exit(2);
}

const bench = new Bench(values);
const overdue = setTimeout(
  () => void end(1, 'The benchmark took longer than eight minutes and was stopped.'),
  LIMIT_MS,
);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end(130, 'stopped'));

const startedAt = performance.now();
const lines = [];
let failed = 0;
let ending;
for (const name of positionals.length > 0 ? positionals : ROWS) {
  if (performance.now() - startedAt > LAST_START_MS) {
    lines.push({ what: name, verdict: 'not run: out of time' });
    continue;
  }
  process.stderr.write(`${name} ... `);
  const rowStartedAt = performance.now();
  try {
    const { run } = await import(`./rows/${name}.mjs`);
    lines.push(...(await run(bench)));
  } catch (error) {
    if (ending !== undefined) break; // its processes were stopped under it
    failed += 1;
    lines.push({ what: name, verdict: 'failed' });
    process.stderr.write(`${error.stack ?? error}\n`);
  }
  process.stderr.write(`${((performance.now() - rowStartedAt) / 1000).toFixed(0)} s\n`);
}
await end(failed === 0 ? 0 : 1);

/** Whoever comes first decides how it ends; nobody exits before everything is cleaned up. */
function end(code, message) {
  ending ??= finish(code, message);
  return ending;
}

async function finish(code, message) {
  clearTimeout(overdue);
  await bench.close();
  if (lines.length > 0) process.stdout.write(report());
  if (message !== undefined) process.stderr.write(`${message}\n`);
  process.exit(code);
}

function report() {
  const notes = lines.filter(({ note }) => note !== undefined).map(({ what, note }) => `- ${what}: ${note}`);
  return `\n${[machine(), '', table(lines), ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`;
}

function machine() {
  const [core] = cpus();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const pinned = bench.pinned ? 'measured process on core 0, neighbours on core 1' : 'not pinned';
  return `${commit}, Node ${process.versions.node}, ${cpus().length} x ${core?.model.trim()}, load ${loadavg()[0].toFixed(1)}, ${pinned}${bench.short ? ', short' : ''}`;
}
