// How long a job waits for a worker that has nothing else to do: from the moment before it is submitted to `startedAt`.
import { setTimeout as sleep } from 'node:timers/promises';
import { studio } from '../studio.mjs';

const SMALL = { width: 256, height: 256 };
const WARM_JOBS = 5;
/** No multiple of the runner's poll, so that jobs come at every moment between two. */
const PAUSE_MS = 130;

export async function run(bench) {
  const { client } = await studio(bench);
  // The first jobs find code that has never run.
  for (let count = WARM_JOBS; count > 0; count -= 1) await client.draw(SMALL);
  const waits = [];
  for (let count = bench.short ? 10 : 40; count > 0; count -= 1) {
    const submittedAt = performance.timeOrigin + performance.now();
    const { startedAt } = await client.draw(SMALL);
    waits.push(Date.parse(startedAt) - submittedAt);
    await sleep(PAUSE_MS);
  }
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share) => `${sorted[Math.floor((sorted.length - 1) * share)].toFixed(0)} ms`;
  return [
    {
      what: 'pick-up of a render job: submit, hold included, to running',
      against: `idle worker, ${waits.length} jobs one after another`,
      ours: `p50 ${at(0.5)}, p95 ${at(0.95)}`,
      theirs: '-',
      ratio: '-',
      target: '-',
      verdict: 'reported',
    },
  ];
}
