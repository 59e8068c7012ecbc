// `GET /render-jobs/:id` while pictures are rendered, against the same when nothing is: with API and worker as processes of
// their own, and in the one process of `npm start`. Everything shares both cores here, as on a machine of the user.
import { startPlatform } from '../platform.mjs';
import { inTurns } from '../report.mjs';
import { repeatJobs, SIDE, studio, StudioClient } from '../studio.mjs';

const RENDERING = 4;
const CONNECTIONS = 2;
const PAUSE_MS = 5;
const LIMIT = 3;

export async function run(bench) {
  const fleet = await studio(bench, 'everywhere');
  const lines = [await compare(bench, 'API and worker apart', fleet.client)];
  await fleet.stop();
  const platform = await startPlatform(bench, { measured: 'everywhere' });
  const client = new StudioClient(platform.url, `Bearer ${await login(platform.url)}`);
  lines.push(await compare(bench, '`npm start`', client));
  await platform.stop();
  return lines;
}

async function compare(bench, where, client) {
  const { id } = await client.draw();
  const read = (seconds) =>
    bench.load().ask({
      port: client.port,
      connections: CONNECTIONS,
      pauseMs: PAUSE_MS,
      seconds,
      scenario: 'get',
      requests: [
        { path: `/studio/v1/render-jobs/${id}`, headers: { authorization: client.headers.authorization } },
      ],
    });
  const idle = (seconds) => ({ run: () => read(seconds) });
  const busy = (seconds) => ({
    run: async () => {
      // Begun before the reads, and at work until they are done.
      const rendering = repeatJobs(RENDERING, seconds, () => client.draw());
      const [slice] = await Promise.all([read(seconds), rendering]);
      return slice;
    },
  });
  await inTurns(1, busy(1.5), idle(1));
  const { ours, theirs } = bench.short
    ? await inTurns(2, busy(2), idle(1))
    : await inTurns(3, busy(2), idle(1.5));
  const ratio = ours.p99 / theirs.p99;
  const text = ({ p50, p99 }) => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return {
    what: `GET /render-jobs/:id while ${RENDERING} pictures of ${SIDE} x ${SIDE} are in work, ${where}`,
    against: 'the same, idle',
    ours: text(ours),
    theirs: text(theirs),
    ratio: `${ratio.toFixed(2)}x`,
    target: `<= ${LIMIT}x`,
    verdict: ratio <= LIMIT ? 'met' : 'missed',
  };
}

async function login(url) {
  const answer = await fetch(`${url}/auth/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'organizer@eventzr.com', password: 'Password123!' }),
  });
  const { data, error } = await answer.json();
  if (!answer.ok) throw new Error(`log-in: ${JSON.stringify(error)}`);
  return data.accessToken;
}
