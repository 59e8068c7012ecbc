import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import pg from 'pg';
import { allEventsOf } from '../inference/event-stream.fake.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';
import { playScenario } from '../providers/openai-compatible/openai-wire.fake.js';
import type { WireScenario } from '../providers/text-provider.conformance.js';

const COMPLETE = '/llm-orch/v1/inference/complete';
const KEY = 'sk-test-0123456789';
const WISH = { prompt: 'Invite people', useCase: 'email' };
const USAGE = { inputTokens: 20, cachedTokens: 0, outputTokens: 7 };
const ANSWER: WireScenario = { kind: 'answer', pieces: ['Come.'], usage: USAGE };
const FIRST = 'gpt-4.1-mini';
const SECOND = 'gpt-4.1';

const vendor = new FakeOpenAiServer(KEY);
let scenarios: Record<string, WireScenario> = {};
let app: TestService;

async function start(environment: Record<string, string> = {}): Promise<TestService> {
  return startService(llmOrch, {
    environment: {
      COMPLETION_CACHE: 'off',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: vendorUrl,
      LLM_ROUTES: `default=openai/${FIRST},openai/${SECOND},openai/gpt-4o-mini`,
      INFERENCE_TIMEOUT_MS: '4000',
      ...environment,
    },
  });
}
let vendorUrl: string;

beforeAll(async () => {
  vendorUrl = await vendor.start();
  vendor.behave = (response, { body }) =>
    playScenario(response, scenarios[String(body['model'])] ?? ANSWER, body['stream'] === true);
});
beforeEach(async () => {
  app = await start();
  vendor.seen.length = 0;
  vendor.aborted = 0;
  scenarios = {};
});
afterEach(() => app.close());
afterAll(() => vendor.stop());

const asked = () => vendor.seen.map(({ body }) => body['model']);
const post = async (wish: object = WISH) => (await app.as()).post(COMPLETE).send(wish);

describe('fallbacks', () => {
  it.each(['server', 'overloaded', 'rate_limited', 'auth', 'quota_exhausted'] as const)(
    'after %s the next model answers, and the answer tells of both',
    async (fault) => {
      scenarios = { [FIRST]: { kind: 'fault', fault } };
      const { status, body } = await post();
      expect([status, asked()]).toEqual([200, [FIRST, SECOND]]);
      expect(body.data.attempts).toMatchObject([
        { model: FIRST, outcome: fault },
        { model: SECOND, outcome: 'answered' },
      ]);
    },
  );

  it.each([
    ['invalid_request', 502],
    ['content_filter', 422],
    ['context_length', 400],
  ] as const)('after %s nobody else is asked what would fail there too', async (fault, status) => {
    scenarios = { [FIRST]: { kind: 'fault', fault } };
    expect((await post()).status).toBe(status);
    expect(asked()).toEqual([FIRST]);
  });

  it('a caller who chose a model gets that model or an error', async () => {
    scenarios = { [FIRST]: { kind: 'fault', fault: 'server' } };
    expect((await post({ ...WISH, model: FIRST })).status).toBe(502);
    expect(asked()).toEqual([FIRST]);
  });

  it('share one budget of three attempts', async () => {
    const busy: WireScenario = { kind: 'fault', fault: 'overloaded' };
    scenarios = { [FIRST]: busy, [SECOND]: busy, 'gpt-4o-mini': busy };
    expect((await post()).status).toBe(502);
    expect(asked()).toEqual([FIRST, SECOND, 'gpt-4o-mini']);
  });

  it('share one deadline: a model that says nothing leaves time for the next', async () => {
    scenarios = { [FIRST]: { kind: 'silence', pieces: [] } };
    const { status, body } = await post();
    expect([status, asked()]).toEqual([200, [FIRST, SECOND]]);
    expect(body.data.attempts[0]).toMatchObject({ outcome: 'timeout' });
  });

  it('happen in a stream before its first token and never after', async () => {
    scenarios = { [FIRST]: { kind: 'cut', pieces: [] } };
    const authorization = await app.tokens.bearer();
    const stream = () =>
      fetch(app.url + COMPLETE, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ ...WISH, stream: true }),
      });
    expect((await allEventsOf(await stream())).at(-1)).toMatchObject({
      event: 'done',
      data: { model: FIRST },
    });
    expect(asked()).toEqual([FIRST, SECOND]);
    vendor.seen.length = 0;
    scenarios = { [FIRST]: { kind: 'cut', pieces: ['Come'] } };
    expect((await allEventsOf(await stream())).at(-1)?.event).toBe('error');
    expect(asked()).toEqual([FIRST]);
  });
});

describe('a breaker', () => {
  const only = { ...WISH, model: FIRST };

  async function open(): Promise<void> {
    scenarios = { [FIRST]: { kind: 'fault', fault: 'server' } };
    for (let call = 0; call < 5; call += 1) await post(only);
    vendor.seen.length = 0;
  }

  it('that is open keeps every byte from the model; the next one answers in its place', async () => {
    await open();
    const { body } = await post();
    expect([asked(), body.data.attempts.length]).toEqual([[SECOND], 1]);
    const { body: models } = await (await app.as()).get('/llm-orch/v1/models');
    expect(models.data.find(({ id }: { id: string }) => id === FIRST)).toMatchObject({ breaker: 'open' });
  });

  it('answers LLM_1301 with Retry-After when nothing is left, and holds nothing for long', async () => {
    await open();
    const { status, body, headers } = await post(only);
    expect([status, body.error.code, asked()]).toEqual([503, 'LLM_1301', []]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(25);
  });

  it('lets one call try after half a minute; its success closes it; each change is an event', async () => {
    await open();
    scenarios = {};
    app.clock.advance(30_000);
    expect((await post(only)).status).toBe(200);
    expect((await post(only)).status).toBe(200);
    const admin = new pg.Client({ connectionString: app.database.adminUrl });
    await admin.connect();
    // Told beside the calls: this waits until all three have been.
    let states: string[] = [];
    while (states.length < 3) {
      const { rows } = await admin.query<{ state: string }>(
        "SELECT data->>'state' AS state FROM platform.outbox_events WHERE type = 'eventzr.llm.provider.outage.v1' ORDER BY sequence",
      );
      states = rows.map(({ state }) => state);
    }
    await admin.end();
    expect(states).toEqual(['open', 'half-open', 'closed']);
  });

  it('does not count what callers did wrong', async () => {
    scenarios = { [FIRST]: { kind: 'fault', fault: 'invalid_request' } };
    for (let call = 0; call < 8; call += 1) await post(only);
    expect(asked()).toHaveLength(8);
  });
});

describe('hedging', () => {
  it('asks a second model beside a slow one; the first answer wins and the other is hung up on', async () => {
    await app.close();
    app = await start({ HEDGE_AFTER_MS: '50' });
    scenarios = { [FIRST]: { kind: 'silence', pieces: [] } };
    const { status, body } = await post();
    expect([status, asked()]).toEqual([200, [FIRST, SECOND]]);
    await vendor.hungUp();
    expect(body.data.model).toBe(FIRST); // the fake names one model whatever it is asked
  });
});
