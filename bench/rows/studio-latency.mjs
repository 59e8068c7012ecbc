// `GET /render-jobs/:id` while pictures are rendered, against the same when nothing is: with API and worker as processes of
// their own, and in the one process of `npm start`. Everything shares both cores here, as on a machine of the user.
import { startPlatform } from '../platform.mjs';
import { median, quantile } from '../report.mjs';
import { SIDE, studio, StudioClient } from '../studio.mjs';

const RENDERING = 4;
const CONNECTIONS = 2;
const PAUSE_MS = 5;
const SLICE_SECONDS = 1;
const LIMIT = 3;

export async function run(bench) {
  const fleet = await studio(bench, 'everywhere');
  const lines = [await compare(bench, 'API and worker apart', fleet.client)];
  await fleet.stop();
  const platform = await startPlatform(bench, { measured: 'everywhere' });
  const client = await StudioClient.loggedIn(platform.url);
  lines.push(await compare(bench, '`npm start`', client));
  await platform.stop();
  return lines;
}

async function compare(bench, where, client) {
  const { id } = await client.draw();
  const path = `/studio/v1/render-jobs/${id}`;
  const requests = [{ path, headers: { authorization: client.headers.authorization } }];
  const wish = { port: client.port, connections: CONNECTIONS, pauseMs: PAUSE_MS, scenario: 'get', requests };
  const read = (seconds) => bench.load().ask({ ...wish, seconds, raw: true });
  await whileRendering(client, () => read(1));
  // Many short turns: what else the machine does falls on both, and no single one decides.
  const [idle, busy, made] = [[], [], []];
  for (let turns = bench.short ? 3 : 6; turns > 0; turns -= 1) {
    idle.push(...(await read(SLICE_SECONDS)).latencies);
    made.push(await whileRendering(client, async () => busy.push(...(await read(SLICE_SECONDS)).latencies)));
  }
  return line(where, { idle, busy, made });
}

/** The load is there before `work` begins and stays until it is done: always as many jobs in work. Pictures a second. */
async function whileRendering(client, work) {
  const reading = { done: false };
  let pictures = 0;
  const begun = Promise.withResolvers();
  const lane = async () => {
    for (; !reading.done; pictures += 1, begun.resolve()) await client.draw();
  };
  const lanes = Promise.all(Array.from({ length: RENDERING }, lane));
  await Promise.race([begun.promise, lanes]);
  const [from, before] = [performance.now(), pictures];
  try {
    await work();
    return ((pictures - before) * 1000) / (performance.now() - from);
  } finally {
    reading.done = true;
    await lanes;
  }
}

function line(where, { idle, busy, made }) {
  const ratio = quantile(busy, 0.99) / quantile(idle, 0.99);
  const text = (all) => `p50 ${quantile(all, 0.5).toFixed(1)} ms, p99 ${quantile(all, 0.99).toFixed(1)} ms`;
  const perSecond = median(made).toFixed(1);
  return {
    what: `GET /render-jobs/:id while ${RENDERING} pictures of ${SIDE} x ${SIDE} are in work (${perSecond}/s), ${where}`,
    against: `the same, idle; ${idle.length} and ${busy.length} calls`,
    ours: text(busy),
    theirs: text(idle),
    ratio: `${ratio.toFixed(2)}x`,
    target: `<= ${LIMIT}x`,
    verdict: ratio <= LIMIT ? 'met' : 'missed',
  };
}
