// `npm run soak` runs the platform as `npm start` does, on a folder of its own, and asks llm-orch everything it offers for
// ten minutes (`npm run soak -- --minutes 1` for a shorter time), by people of several tenants with enough credits: whole
// and streamed, by its own routes and by OpenAI's, abandoned half-way, repeated under one key, refused by ceilings. At the
// end: every call answered as it should be, memory flat, and every rule of the wallet's ledger holds. Loopback only.
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
/** Beside the platform's own three people. */
const TENANTS = 5;
/** More than anybody can spend in the time. */
const CREDITS = 100_000_000;
const PASSWORD = 'Password123!';
/** What a call under a ceiling that is too low must be told. */
const REFUSAL = '402 BUDGET_EXCEEDED';
const PROMPTS = [
  'Plan a wedding for 80 guests in Lisbon on 3 July 2027, budget 25k EUR',
  'Write an invitation to a tech conference in Berlin',
  'Summarize: the venue is booked, the band is not, and the cake comes on Friday.',
];

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const bench = new Bench({ short: false, profile: undefined });
const seen = { calls: 0, left: 0, answers: {}, faults: [] };

async function soak(durationMs) {
  const { url, pid } = await startPlatform(bench);
  const end = performance.now() + durationMs;
  const looks = [];
  const watch = async () => {
    for (; performance.now() < end; await sleep(LOOK_EVERY_MS)) looks.push(residentMiB(pid)?.own ?? 0);
  };
  const tokens = await people(url);
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
    ask(
      url,
      token,
      'inference/complete',
      { prompt, maxTokens: 8_000 },
      { headers: { 'x-budget-max-usd': '0.0001' }, expected: REFUSAL },
    ),
  (url, token, input) => ask(url, token, 'openai/embeddings', { model: 'auto', input: [input, input] }),
  (url, token) => ask(url, token, 'usage/summary?by=model'),
  (url, token) => ask(url, token, 'models'),
];

async function ask(url, token, path, body, { headers = {}, expected = '200', signal } = {}) {
  const answer = await fetch(`${url}/llm-orch/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal,
  });
  const text = await answer.text();
  const told = answer.ok ? String(answer.status) : `${answer.status} ${codeOf(text)}`;
  seen.calls += 1;
  seen.answers[told] = (seen.answers[told] ?? 0) + 1;
  const broken = answer.ok && text.includes('event: error');
  if (told !== expected || broken) seen.faults.push(`${path}: ${told} ${text.slice(-300)}`);
}

function codeOf(text) {
  try {
    return JSON.parse(text).error.code;
  } catch {
    return 'without a code';
  }
}

async function abandoned(url, token, body) {
  const leaving = new AbortController();
  const left = sleep(Math.random() * 30).then(() => leaving.abort());
  await ask(url, token, 'inference/complete', body, { signal: leaving.signal }).catch((error) => {
    if (!leaving.signal.aborted) throw error;
    seen.left += 1;
  });
  await left;
}

async function repeated(url, token, body) {
  const headers = { 'idempotency-key': randomUUID() };
  await ask(url, token, 'inference/complete', body, { headers });
  await ask(url, token, 'inference/complete', body, { headers });
}

/** Access tokens of people in several tenants, whose own wallets do not run empty. */
async function people(url) {
  const root = await login(url, 'admin@eventzr.com');
  const others = Array.from({ length: TENANTS }, (_, at) => `soak-${at}@soak.example`);
  for (const email of others) {
    const admin = { email, password: PASSWORD, displayName: 'Soak' };
    await house(url, root, 'auth/v1/tenants', { name: `Soak of ${email}`, admin });
  }
  const emails = [...['user', 'organizer', 'admin'].map((name) => `${name}@eventzr.com`), ...others];
  const tokens = await Promise.all(emails.map((email) => login(url, email)));
  for (const token of tokens) {
    const { tenantId } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
    const own = (await house(url, token, 'wallet/v1/wallets')).find(({ kind }) => kind === 'user');
    await house(url, root, `wallet/v1/wallets/${own.id}/top-ups`, { amount: CREDITS, tenantId });
  }
  return tokens;
}

async function login(url, email) {
  return (await house(url, undefined, 'auth/v1/login', { email, password: PASSWORD })).accessToken;
}

/** The data of an answer of another service. @throws Error when it is refused */
async function house(url, token, path, body) {
  const answer = await fetch(`${url}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text).data;
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
    `${seen.calls} calls answered: ${JSON.stringify(seen.answers)}; ${REFUSAL} where a ceiling asks for it`,
    `${seen.left} calls left before their answer`,
    `${seen.faults.length} answers other than they should be`,
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
