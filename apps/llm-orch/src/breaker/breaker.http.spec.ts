import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { hasRedis, startRedis, startService, startTestDatabase } from '@eventzr/testing';
import type { RedisServer, TestDatabase, TestService } from '@eventzr/testing';
import pg from 'pg';
import { eventsOf } from '../inference/event-stream.fake.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import type { WireScenario } from '../providers/text-provider.conformance.js';

const KEY = 'sk-test-0123456789';
const MODEL = 'gpt-4.1-mini';
const WISH = { prompt: 'Invite people', useCase: 'email', model: MODEL };
const USAGE = { inputTokens: 20, cachedTokens: 0, outputTokens: 7 };
const ANSWER: WireScenario = { kind: 'answer', pieces: ['Come.'], usage: USAGE };
const ILL: WireScenario = { kind: 'fault', fault: 'server' };
const SILENT: WireScenario = { kind: 'silence', pieces: [] };
const OPEN_MS = 30_000;

const vendor = new FakeOpenAiServer(KEY);
let vendorUrl: string;
let clock: ManualClock;
const apps: TestService[] = [];

beforeAll(async () => {
  vendorUrl = await vendor.start();
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
  vendor.seen.length = 0;
  vendor.aborted = 0;
});
afterAll(() => vendor.stop());

const play = (scenario: WireScenario): void => {
  vendor.behave = (response, { body }) => playScenario(response, scenario, body['stream'] === true);
};

async function start(environment: Record<string, string> = {}, database?: TestDatabase) {
  const app = await startService(llmOrch, {
    clock,
    ...(database && { database }),
    environment: {
      COMPLETION_CACHE: 'off', OPENAI_API_KEY: KEY, OPENAI_BASE_URL: vendorUrl, LOCAL_FALLBACK: 'off',
      LLM_ROUTES: `default=openai/${MODEL}`, ...environment,
    },
  }); // prettier-ignore
  apps.push(app);
  return app;
}

interface Asked {
  readonly answer: Promise<Response>;
  readonly leave: () => void;
}

async function ask(app: TestService, stream = false): Promise<Asked> {
  const leaving = new AbortController();
  const answer = fetch(`${app.url}/llm-orch/v1/inference/complete`, {
    method: 'POST',
    headers: { authorization: await app.tokens.bearer(), 'content-type': 'application/json' },
    body: JSON.stringify({ ...WISH, stream }),
    signal: leaving.signal,
  });
  return { answer, leave: () => leaving.abort() };
}

async function statusOf(app: TestService): Promise<number> {
  const { answer } = await ask(app);
  return (await answer).status;
}

/** A call that waits for the vendor, which has it. */
async function waiting(app: TestService): Promise<Asked> {
  play(SILENT);
  const before = vendor.seen.length;
  const asked = await ask(app);
  asked.answer.catch(() => undefined);
  await until(() => vendor.seen.length > before);
  return asked;
}

async function leaveAndHangUp({ leave }: Asked): Promise<void> {
  vendor.aborted = 0;
  leave();
  await vendor.hungUp();
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

async function breakerOf(app: TestService): Promise<string> {
  const { body } = await (await app.as()).get('/llm-orch/v1/models');
  const models = body.data as { id: string; provider: string; breaker: string }[];
  return models.find(({ id, provider }) => id === MODEL && provider === 'openai')?.breaker ?? 'none';
}

describe('a breaker that is half-open', () => {
  it('lets one call try, also when one from before it opened is abandoned meanwhile', async () => {
    clock = new ManualClock(Math.floor(Date.now() / 1000) * 1000);
    const app = await start();
    play({ kind: 'silence', pieces: ['Come'] });
    const old = await ask(app, true);
    await eventsOf(await old.answer).next();
    play(ILL);
    for (let call = 0; call < 5; call += 1) await statusOf(app);
    clock.advance(OPEN_MS);
    const probe = await waiting(app);
    expect(await statusOf(app)).toBe(503);
    await leaveAndHangUp(old);
    play(ANSWER);
    expect(await statusOf(app)).toBe(503);
    await leaveAndHangUp(probe);
    await until(async () => (await statusOf(app)) === 200);
  });
});

const SHARED = 'breakers of two processes over Redis';
(hasRedis(SHARED) ? describe : describe.skip)(SHARED, () => {
  let redis: RedisServer;
  let database: TestDatabase;

  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), startTestDatabase('llm-orch')]);
  });
  afterAll(async () => {
    await database.drop();
    await redis.stop();
  });

  it('open in both, let one call over both try, and are told of once per change', async () => {
    clock = new ManualClock(Math.floor(Date.now() / 1000) * 1000);
    const [one, two] = await Promise.all([
      start({ REDIS_URL: redis.url }, database),
      start({ REDIS_URL: redis.url }, database),
    ]);
    play(ILL);
    expect(await statusOf(two)).toBe(502);
    for (let call = 0; call < 5; call += 1) await statusOf(one);
    await until(async () => (await breakerOf(two)) === 'open');
    vendor.seen.length = 0;
    expect([await statusOf(one), await statusOf(two), vendor.seen.length]).toEqual([503, 503, 0]);

    clock.advance(OPEN_MS);
    const probe = await waiting(one);
    play(ANSWER);
    expect([await statusOf(two), await statusOf(one), vendor.seen.length]).toEqual([503, 503, 1]);
    await leaveAndHangUp(probe);
    // Whose turn it was is given back beside the call that left.
    await until(async () => (await statusOf(two)) === 200);
    await until(async () => (await breakerOf(one)) === 'closed');
    expect([await statusOf(one), await statusOf(two)]).toEqual([200, 200]);
    await Promise.all(apps.splice(0).map((app) => app.close()));
    expect(await told(database)).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });

  it('go on, each alone, when Redis is gone', async () => {
    clock = new ManualClock(Math.floor(Date.now() / 1000) * 1000);
    const app = await start({ REDIS_URL: redis.url }, database);
    play(ANSWER);
    expect(await statusOf(app)).toBe(200);
    await redis.stop();
    play(ILL);
    for (let call = 0; call < 5; call += 1) expect(await statusOf(app)).toBe(502);
    expect(await statusOf(app)).toBe(503);
    clock.advance(OPEN_MS);
    play(ANSWER);
    expect([await statusOf(app), await statusOf(app)]).toEqual([200, 200]);
  });
});

/** The outage events there are, in their order. */
async function told({ adminUrl }: TestDatabase): Promise<string[]> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ change: string }>(
    `SELECT (data->>'previousState') || '>' || (data->>'state') AS change FROM platform.outbox_events
     WHERE type = 'eventzr.llm.provider.outage.v1' ORDER BY sequence`,
  );
  await admin.end();
  return rows.map(({ change }) => change);
}
