// Pictures of the local provider through the whole platform: request, hold, job, file, capture. Reported only.
import { startPlatform } from '../platform.mjs';
import { repeatJobs, SIDE, StudioClient } from '../studio.mjs';

const AT_ONCE = 4;

export async function run(bench) {
  const platform = await startPlatform(bench, { measured: 'everywhere' });
  const client = await StudioClient.loggedIn(platform.url);
  await repeatJobs(AT_ONCE, 1.5, () => client.draw());
  const { calls, seconds } = await repeatJobs(AT_ONCE, 4, () => client.draw());
  await platform.stop();
  return [
    {
      what: `pictures, local provider, ${SIDE} x ${SIDE}, whole platform, both cores`,
      against: '-',
      ours: `${(calls / seconds).toFixed(1)}/s, ${AT_ONCE} at once`,
      theirs: '-',
      ratio: '-',
      target: '-',
      verdict: 'reported',
    },
  ];
}
