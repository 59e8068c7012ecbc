// Pictures of the local provider through API and worker (request, hold, job, C2PA, file, capture), against the bare engine
// in a loop on the same core.
import { inTurns, throughputLine } from '../report.mjs';
import { PROMPT, repeatJobs, SIDE, studio } from '../studio.mjs';

const AT_ONCE = 4;

export async function run(bench) {
  const { worker, client } = await studio(bench);
  const raw = bench.fork('measured/studio-engines.mjs', { measured: true });
  const ours = (seconds) => ({
    pid: worker.pid,
    run: () => repeatJobs(AT_ONCE, seconds, (n) => client.draw({ seed: n })),
  });
  const theirs = (seconds) => ({ run: () => raw.ask({ work: 'draw', prompt: PROMPT, side: SIDE, seconds }) });
  await inTurns(1, ours(2), theirs(1));
  const figures = bench.short
    ? await inTurns(2, ours(1.5), theirs(1.5))
    : await inTurns(4, ours(2), theirs(1.5));
  await raw.stop();
  return [
    throughputLine({
      what: `pictures, local provider, ${SIDE} x ${SIDE}, API and worker`,
      against: 'the engine alone in a loop',
      ...figures,
      digits: 1,
    }),
  ];
}
