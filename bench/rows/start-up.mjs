// `npm start`: the first run on an empty folder (reported), then warm starts to ready and the memory they take.
import { setTimeout as sleep } from 'node:timers/promises';
import { residentMiB, startPlatform } from '../platform.mjs';
import { median } from '../report.mjs';

const READY_LIMIT_S = 5;
const MEMORY_LIMIT_MIB = 700;

export async function run(bench) {
  const cold = await startPlatform(bench);
  await cold.stop();
  const seconds = [];
  let memory;
  for (let turn = 0; turn < (bench.short ? 1 : 2); turn += 1) {
    const platform = await startPlatform(bench);
    seconds.push(platform.readyMs / 1000);
    await sleep(1_000);
    memory = residentMiB(platform.pid);
    await platform.stop();
  }
  const line = (what, ours, target, verdict, against = '-') => ({
    what,
    against,
    ours,
    theirs: '-',
    ratio: '-',
    target,
    verdict,
  });
  const warm = median(seconds);
  return [
    line(
      'first `npm start` to ready, empty DATA_DIR',
      `${(cold.readyMs / 1000).toFixed(1)} s`,
      '-',
      'reported',
    ),
    line(
      'warm `npm start` to ready',
      `${warm.toFixed(1)} s`,
      `<= ${READY_LIMIT_S} s`,
      warm <= READY_LIMIT_S ? 'met' : 'missed',
      `median of ${seconds.length}`,
    ),
    ...(memory === undefined
      ? []
      : [
          line(
            'its resident memory, 1 s after ready',
            `${Math.round(memory.own)} MiB, with Postgres ${Math.round(memory.all)} MiB`,
            `<= ${MEMORY_LIMIT_MIB} MiB`,
            memory.all <= MEMORY_LIMIT_MIB ? 'met' : 'missed',
          ),
        ]),
  ];
}
