// llm-orch's hot path with one fake vendor behind everything: against another gateway that holds and records nothing, a
// bare proxy, and a pooled client by hand; whole answers and streams of 100 chunks.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FakeWallet } from '@eventzr/testing';
import { freePort, root, untilReady } from '../harness.mjs';
import { inTurns, throughputLine } from '../report.mjs';
import { serviceHeaders, startService, TENANT, tokens } from '../services.mjs';

const CONNECTIONS = 16;
const MODEL = 'gpt-4.1-mini';
const PROMPT = 'Invite people to a conference in Lisbon. '.repeat(16);
const MESSAGES = [{ role: 'user', content: PROMPT }];
const OPENAI_BODY = { model: MODEL, messages: MESSAGES, max_tokens: 500 };
const PORTKEY = join(root, 'bench/node_modules/@portkey-ai/gateway/build/start-server.js');
const INSTALL = '`npm install --prefix bench --no-package-lock --ignore-scripts`';
const STREAM_LIMIT = 3;
/** Code that has run a few hundred times still costs twice of what it will. */
const WARM_CALLS = 3_000;
const WARM_SECONDS = 8;

export async function run(bench) {
  const vendor = bench.fork('measured/fake-vendor.mjs', { measured: false });
  const upstream = await vendor.ask({});
  const ours = await startOurs(bench, upstream);
  const byHand = async (kind) => {
    const child = bench.fork('measured/by-hand.mjs', { measured: true });
    const post = {
      port: await child.ask({ kind, upstream }),
      path: '/v1/chat/completions',
      body: OPENAI_BODY,
    };
    return { ...post, pid: child.pid };
  };
  const [bare, pooled, portkey] = [
    await byHand('pipe'),
    await byHand('undici'),
    await startPortkey(bench, upstream),
  ];
  const paid = { ...ours.paid, body: { prompt: PROMPT, model: MODEL, maxTokens: 500 } };
  const child = { ...ours.child, body: { messages: MESSAGES, model: MODEL, maxTokens: 500 } };
  const streamed = (side) => ({ ...side, body: { ...side.body, stream: true } });
  for (const side of [paid, child, streamed(paid), streamed(child)]) await warm(bench, side);
  for (const side of [bare, pooled, streamed(pooled), portkey])
    if (side !== undefined) await warm(bench, side);
  const lines = [
    await whole(
      bench,
      'completion: hold, ceiling, usage, settlement',
      paid,
      portkey,
      'Portkey, which does none of that',
      1,
    ),
    await whole(bench, 'the same as a child call', child, portkey, 'Portkey', 2),
    await whole(bench, 'completion: hold, ceiling, usage, settlement', paid, bare, 'bare node:http proxy'),
    await whole(bench, 'the same as a child call', child, pooled, 'pooled undici by hand'),
    await stream(bench, 'stream of 100 chunks, paid', streamed(paid), streamed(pooled)),
    await stream(bench, 'stream of 100 chunks, as a child call', streamed(child), streamed(pooled)),
    await firstToken(bench, streamed(paid), streamed(pooled)),
  ];
  return lines;
}

async function startOurs(bench, upstream) {
  const wallet = await FakeWallet.start();
  bench.defer(() => wallet.stop());
  wallet.balance(1_000_000_000);
  const mint = await tokens(bench);
  const { pid, port, internalPort } = await startService(bench, 'llm-orch', {
    WALLET_INTERNAL_URL: wallet.url,
    COMPLETION_CACHE: 'off',
    OPENAI_API_KEY: 'sk-bench',
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream}/v1`,
  });
  const authorization = await mint.bearer({ tenantId: TENANT });
  const parent = await parentHold(wallet, mint);
  return {
    paid: {
      pid,
      port,
      path: '/llm-orch/v1/inference/complete',
      headers: { authorization, 'x-budget-max-usd': '1' },
    },
    child: {
      pid,
      port: internalPort,
      path: '/llm-orch/v1/internal/inference/chat',
      headers: { authorization, ...serviceHeaders('aibrain'), ...parent },
    },
  };
}

/** A hold of aibrain, within which child calls run. */
async function parentHold(wallet, mint) {
  const { sub } = JSON.parse(
    Buffer.from((await mint.bearer({ tenantId: TENANT })).split('.')[1], 'base64url'),
  );
  const id = randomUUID();
  const answer = await fetch(`${wallet.url}/wallet/v1/internal/holds`, {
    method: 'POST',
    headers: {
      'x-service-name': 'aibrain',
      'x-service-key': 'key',
      'x-request-id': id,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
    body: JSON.stringify({
      id, tenantId: TENANT, userId: sub, roles: ['user'], walletChoice: null, operation: 'orchestrate.single',
      referenceId: id, amount: 10, deadline: new Date(Date.now() + 86_400_000).toISOString(),
    }), // prettier-ignore
  });
  if (answer.status !== 201) throw new Error(`the parent's hold: ${answer.status} ${await answer.text()}`);
  return {
    'x-parent-operation': randomUUID(),
    'x-parent-hold': id,
    'x-parent-max-micro-usd': String(2 ** 50),
  };
}

/** Undefined where it is not installed. */
async function startPortkey(bench, upstream) {
  if (!existsSync(PORTKEY)) return undefined;
  const port = await freePort();
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost',
  };
  const child = bench.spawn([PORTKEY, `--port=${port}`, '--headless'], {
    measured: true,
    environment,
    quiet: true,
  });
  await untilReady(`http://127.0.0.1:${port}/`, child);
  const headers = {
    authorization: 'Bearer sk-bench',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstream}/v1`,
  };
  return { pid: child.pid, port, path: '/v1/chat/completions', headers, body: OPENAI_BODY };
}

async function whole(bench, what, ours, theirs, against, least) {
  if (theirs === undefined) return { what, against, verdict: `missing: ${INSTALL}` };
  const figures = await compared(bench, ours, theirs, CONNECTIONS);
  return throughputLine({ what, against, ...figures, least });
}

async function stream(bench, what, ours, theirs) {
  const figures = await compared(bench, ours, theirs, 8);
  const ratio = figures.ours.cpuPerCall / figures.theirs.cpuPerCall;
  return {
    ...throughputLine({ what, against: 'pooled undici by hand', ...figures }),
    ratio: `CPU ${ratio.toFixed(2)}x`,
    target: `<= ${STREAM_LIMIT}x`,
    verdict: ratio <= STREAM_LIMIT ? 'met' : 'missed',
  };
}

async function firstToken(bench, ours, theirs) {
  const figures = await compared(bench, ours, theirs, 1);
  const added = figures.ours.first - figures.theirs.first;
  return {
    what: 'time to the first token of a paid stream, one caller',
    against: 'pooled undici by hand',
    ours: `p50 ${figures.ours.first.toFixed(2)} ms`,
    theirs: `p50 ${figures.theirs.first.toFixed(2)} ms`,
    ratio: `+${added.toFixed(2)} ms`,
    target: '-',
    verdict: 'reported',
  };
}

function compared(bench, ours, theirs, connections) {
  const side = (one) => ({ pid: one.pid, run: () => sent(bench, one, connections, bench.short ? 1 : 1.5) });
  return inTurns(bench.short ? 1 : 3, side(ours), side(theirs));
}

/** Calls one side until its code is as fast as it gets. */
async function warm(bench, side) {
  let calls = 0;
  for (let second = 0; second < (bench.short ? 2 : WARM_SECONDS) && calls < WARM_CALLS; second += 1)
    calls += (await sent(bench, side, CONNECTIONS, 1)).calls;
}

function sent(bench, { port, path, headers = {}, body }, connections, seconds) {
  const call = { scenario: 'write', method: 'POST', path, headers, body, status: 200 };
  return bench.load().ask({ port, connections, seconds, ...call });
}
