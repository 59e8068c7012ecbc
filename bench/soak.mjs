// `npm run soak` runs the platform as `npm start` does, on a folder of its own, and asks llm-orch everything it offers for
// ten minutes (`npm run soak -- --minutes 1` for a shorter time): whole and streamed, by its own routes and by OpenAI's,
// abandoned half-way, repeated under one key, refused by ceilings. At the end: no answer of 5xx, memory flat, and every
// rule of the wallet's ledger holds. Loopback only.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Bench } from './harness.mjs';
import { dataFolder, residentMiB, startPlatform } from './platform.mjs';

const AT_ONCE = 8;
const PAUSE_MS = 20;
const LOOK_EVERY_MS = 5_000;
/** Code is compiled and caches fill at first: memory is compared from this share of the time on. */
const WARM_SHARE = 0.3;
/** The last looks may lie so far above the first ones, each by their median. */
const MOST_GROWTH = 1.2;
const PROMPTS = [
  'Plan a wedding for 80 guests in Lisbon on 3 July 2027, budget 25k EUR',
  'Write an invitation to a tech conference in Berlin',
  'Summarize: the venue is booked, the band is not, and the cake comes on Friday.',
];

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const bench = new Bench({ short: false, profile: undefined });
const seen = { calls: 0, statuses: {}, faults: [] };
async function soak(durationMs) {
  const { url, pid } = await startPlatform(bench);
  const end = performance.now() + durationMs;
  const looks = [];
  const watch = async () => {
    for (; performance.now() < end; await sleep(LOOK_EVERY_MS)) looks.push(residentMiB(pid)?.own ?? 0);
  };
  const tokens = await Promise.all(['user', 'organizer', 'admin'].map((name) => login(url, name)));
  await Promise.all([
    watch(),
    ...Array.from({ length: AT_ONCE }, async (_, worker) => {
      for (let turn = worker; performance.now() < end; turn += 1) {
        await KINDS[turn % KINDS.length](url, tokens[turn % tokens.length], PROMPTS[turn % PROMPTS.length]);
        await sleep(PAUSE_MS);
      }
    }),
  ]);
  const ledger = await reconciled(url);
  return report(looks.slice(Math.floor(looks.length * WARM_SHARE)), ledger);
}

const KINDS = [
  (url, token, prompt) => ask(url, token, 'inference/complete', { prompt, maxTokens: 400 }),
  (url, token, prompt) => ask(url, token, 'inference/complete', { prompt, maxTokens: 400, stream: true }),
  (url, token, content) => ask(url, token, 'inference/chat', { messages: [{ role: 'user', content }] }),
  (url, token, content) =>
    ask(url, token, 'openai/chat/completions', {
      model: 'auto',
      messages: [{ role: 'user', content }],
      stream: true,
    }),
  (url, token, prompt) => abandoned(url, token, { prompt, stream: true }),
  (url, token, prompt) => repeated(url, token, { prompt, maxTokens: 300 }),
  (url, token, prompt) =>
    ask(url, token, 'inference/complete', { prompt, maxTokens: 8_000 }, { 'x-budget-max-usd': '0.0001' }),
  (url, token) => ask(url, token, 'usage/summary?by=model'),
  (url, token) => ask(url, token, 'models'),
];

async function ask(url, token, path, body, headers = {}, signal = undefined) {
  const answer = await fetch(`${url}/llm-orch/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
  });
  const text = await answer.text();
  seen.calls += 1;
  seen.statuses[answer.status] = (seen.statuses[answer.status] ?? 0) + 1;
  if (answer.status >= 500) seen.faults.push(`${path}: ${answer.status} ${text.slice(0, 300)}`);
}

async function abandoned(url, token, body) {
  const leaving = new AbortController();
  const left = sleep(Math.random() * 30).then(() => leaving.abort());
  await ask(url, token, 'inference/complete', body, {}, leaving.signal).catch(() => undefined);
  await left;
}

async function repeated(url, token, body) {
  const headers = { 'idempotency-key': randomUUID() };
  await ask(url, token, 'inference/complete', body, headers);
  await ask(url, token, 'inference/complete', body, headers);
}

async function login(url, name) {
  const answer = await fetch(`${url}/auth/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${name}@eventzr.com`, password: 'Password123!' }),
  });
  return (await answer.json()).data.accessToken;
}

/** What the wallet's own check of its ledger finds. */
async function reconciled(url) {
  const key = readFileSync(join(dataFolder(bench), 'secrets', 'internal_api_key'), 'utf8').trim();
  const answer = await fetch(`${url}/wallet/v1/jobs/reconcile`, {
    method: 'POST',
    headers: { 'x-internal-api-key': key },
  });
  return (await answer.json()).data;
}

/** @returns {boolean} whether a promise was broken */
function report(looks, { processed, failed: violations }) {
  const third = Math.max(1, Math.floor(looks.length / 3));
  const [first, last] = [median(looks.slice(0, third)), median(looks.slice(-third))];
  const grew = last > first * MOST_GROWTH;
  const lines = [
    `${seen.calls} calls: ${JSON.stringify(seen.statuses)}`,
    `memory ${first.toFixed(0)} MiB after warming up, ${last.toFixed(0)} MiB at the end: ${grew ? 'grew' : 'flat'}`,
    `ledger: ${processed} checks, ${violations} violations`,
    ...seen.faults.slice(0, 10),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return grew || violations > 0 || seen.faults.length > 0;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

process.exitCode = 1;
try {
  process.exitCode = (await soak(Number(values.minutes) * 60_000)) ? 1 : 0;
} finally {
  await bench.close();
}
process.exit();
