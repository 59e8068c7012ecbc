import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock, newId } from '@eventzr/config';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { Breakers } from '../breaker/breakers.js';
import { LlmOrchDb } from '../llm-orch.db.js';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FAULTS, faultServer, SAID, WAIT_SECONDS } from '../providers/faults/fault-server.fake.js';
import type { FaultName } from '../providers/faults/fault-server.fake.js';
import { costMicroUsd, findPrice } from '../providers/prices.js';
import { allEventsOf } from './event-stream.fake.js';
import { faultyEnvironment, MODELS, VENDORS } from './faulty-gateway.fake.js';
import type { Vendor } from './faulty-gateway.fake.js';

const PATH = '/llm-orch/v1/inference/complete';
/** As long as the prompt that the vendors bill: cost stays below its bound. */
const WISH = { prompt: 'Plan a picnic. '.repeat(140), maxTokens: 500 };
const ALL = SAID.join('');
const HUGE: string = FAULTS.huge.pieces.join('');

/** All that a caller, the wallet and the books know of one call. */
interface Outcome {
  /** `200`, or status and code. */
  readonly answer: string;
  readonly text: string;
  /** `told` by the vendor, `counted` by us, `both`, or none. */
  readonly usage: string;
  readonly finish: string | undefined;
  readonly attempts: string;
  /** Credits held and charged, as the wallet has them. */
  readonly hold: string;
  /** What tenant's budget and operation's ceiling count: the `cost` that was answered, the whole `bound`, or `nothing`. */
  readonly counted: string;
  /** After five such calls. */
  readonly breaker: string;
}

const WELL = outcome({});
const COUNTED = { usage: 'counted', hold: 'captured 5 of 10' };
const BILLED_PERHAPS = { counted: 'bound', breaker: 'open' };
const BROKEN = outcome({
  answer: 'error provider LLM_1002',
  finish: 'error',
  attempts: 'transport',
  hold: 'released',
  ...BILLED_PERHAPS,
});

/** Per fault: buffered, streamed, and the vendors that differ. */
const TABLE: Record<
  FaultName,
  { buffered: Outcome; streamed: Outcome } & Partial<Record<Vendor, Partial<Outcome>>>
> = {
  none: { buffered: WELL, streamed: WELL },
  slow: { buffered: WELL, streamed: WELL },
  'usage-on-every-chunk': { buffered: WELL, streamed: WELL },
  'usage-missing': both({ ...WELL, ...COUNTED }),
  // Not streamed it is given whole, as the vendor counts it; a stream is stopped at the last token that was held for.
  huge: {
    buffered: { ...WELL, text: 'huge' },
    streamed: outcome({
      text: 'cut',
      answer: 'error budget BUDGET_EXCEEDED',
      usage: 'counted',
      finish: 'budget',
    }),
  },
  cut: {
    buffered: refused('502 LLM_1002', 'transport', BILLED_PERHAPS),
    streamed: { ...BROKEN, usage: 'counted' },
    anthropic: { usage: 'both' },
  },
  stall: {
    buffered: refused('504 LLM_1003', 'timeout', BILLED_PERHAPS),
    streamed: { ...BROKEN, answer: 'error timeout LLM_1003', attempts: 'timeout', usage: 'counted' },
  },
  'malformed-chunk': {
    buffered: refused('502 LLM_1002', 'server', BILLED_PERHAPS),
    streamed: { ...WELL, ...COUNTED },
    // Bedrock's own client gives the stream up at the first one.
    'aws-bedrock': refused('502 LLM_1002', 'server', BILLED_PERHAPS),
  },
  'malformed-chunks': both(refused('502 LLM_1002', 'server', BILLED_PERHAPS)),
  'rate-limited': both(
    refused(`503 UNAVAILABLE after ${WAIT_SECONDS} s`, 'rate_limited', { breaker: 'open' }),
  ),
  'rate-limited-without-hint': both(
    refused('503 UNAVAILABLE after 1 s', 'rate_limited, rate_limited', { breaker: 'open' }),
  ),
  'error-500': both(refused('502 LLM_1002', 'server', BILLED_PERHAPS)),
  'error-529': both(refused('502 LLM_1002', 'overloaded, overloaded', { breaker: 'open' })),
  'context-overflow': both(refused('400 LLM_1005', 'none told', {})),
};

function outcome(differences: Partial<Outcome>): Outcome {
  return {
    answer: '200', text: ALL, usage: 'told', finish: 'stop', attempts: 'answered',
    hold: 'captured 10 of 10', counted: 'cost', breaker: 'closed', ...differences,
  }; // prettier-ignore
}

function refused(answer: string, attempts: string, differences: Partial<Outcome>): Outcome {
  const nothing = { text: '', usage: 'none', finish: undefined, hold: 'released', counted: 'nothing' };
  return outcome({ ...nothing, answer, attempts, ...differences });
}

function both(one: Outcome) {
  return { buffered: one, streamed: one };
}

const faults = Object.fromEntries(VENDORS.map((vendor) => [vendor, 'none'])) as Record<Vendor, FaultName>;
const server = faultServer((model) => faults[VENDORS.find((vendor) => MODELS[vendor] === model) ?? 'openai']);
let app: TestService;
let bounds: Record<Vendor, number>;

beforeAll(async () => {
  // Noon, so that the clock may be moved on without a new day.
  app = await startService(llmOrch, {
    clock: new ManualClock(Date.UTC(2026, 10, 27, 12)),
    environment: faultyEnvironment(await server.start()),
  });
  bounds = Object.fromEntries(
    await Promise.all(VENDORS.map(async (vendor) => [vendor, await boundOf(vendor)])),
  ) as Record<Vendor, number>;
});
afterAll(async () => {
  await app.close();
  await server.stop();
});

describe('the gateway in front of every vendor', () => {
  it.each(Object.keys(TABLE) as FaultName[])(
    'under %s: answer, usage, attempts, hold, books and breaker',
    async (name) => {
      const { buffered, streamed, ...differing } = TABLE[name];
      const expected = VENDORS.map((vendor) => [
        vendor,
        { buffered, streamed: { ...streamed, ...differing[vendor] } },
      ]);
      expect(await waves(name)).toEqual(Object.fromEntries(expected));
    },
  );
});

/** One call of every vendor not streamed, then one streamed, with four more of each for the breaker's sake. */
async function waves(name: FaultName): Promise<Record<Vendor, Record<'buffered' | 'streamed', Outcome>>> {
  const wave = async (stream: boolean) => {
    await healed();
    for (const vendor of VENDORS) faults[vendor] = name;
    return Promise.all(VENDORS.map((vendor) => seenOf(vendor, stream)));
  };
  const [buffered, streamed] = [await wave(false), await wave(true)];
  return Object.fromEntries(
    VENDORS.map((vendor, index) => [vendor, { buffered: buffered[index], streamed: streamed[index] }]),
  ) as Record<Vendor, Record<'buffered' | 'streamed', Outcome>>;
}

/** Every breaker is closed again: its time is over and a call succeeds. */
async function healed(): Promise<void> {
  app.clock.advance(31_000);
  for (const vendor of VENDORS) faults[vendor] = 'none';
  const calls = VENDORS.map(async (vendor) => (await ask(vendor, await someone(), false)).status);
  expect(await Promise.all(calls)).toEqual(VENDORS.map(() => 200));
}

/** A tenant of its own with a budget, and its admin. */
async function someone() {
  const caller = { tenantId: newId(), userId: newId(), roles: ['admin'] as const };
  const authorization = await app.tokens.bearer(caller);
  const budget = { tenant: { dayUsd: 1 } };
  const put = await app.request().put('/llm-orch/v1/budgets').set({ authorization }).send(budget);
  expect(put.body).toMatchObject({ data: budget, error: null });
  return { ...caller, authorization };
}
type Caller = Awaited<ReturnType<typeof someone>>;

function ask(vendor: Vendor, { authorization }: Caller, stream: boolean): Promise<Response> {
  return fetch(app.url + PATH, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'x-budget-max-usd': '1' },
    body: JSON.stringify({ ...WISH, model: MODELS[vendor], provider: vendor, stream }),
  });
}

async function seenOf(vendor: Vendor, stream: boolean): Promise<Outcome> {
  const caller = await someone();
  const told = await answerOf(await ask(vendor, caller, stream));
  await app.service.app.get(SettlementSweep, { strict: false }).run();
  const hold = app.wallet.taken.find(({ userId }) => userId === caller.userId);
  const counted = await countedFor(caller, String(hold?.referenceId));
  const others = Array.from({ length: 4 }, async () => (await ask(vendor, await someone(), stream)).text());
  await Promise.all(others);
  const { costUsd, ...shown } = told;
  const sums = new Map([[Math.round(costUsd * 1e6), 'cost'], [bounds[vendor], 'bound'], [0, 'nothing']]); // prettier-ignore
  return {
    ...shown,
    hold: hold?.state === 'captured' ? `captured ${hold.captured} of ${hold.amount}` : String(hold?.state),
    counted: sums.get(counted) ?? `${counted} micro-USD`,
    breaker: app.service.app.get(Breakers).state({ provider: vendor, model: MODELS[vendor] }),
  };
}

/** What budget and ceiling count, which must be the same; nothing stays held. */
async function countedFor({ tenantId }: Caller, operationId: string): Promise<number> {
  return app.service.app.get(LlmOrchDb).withTenant(async (tx) => {
    const windows = await tx.budgetWindow.findMany({ where: { subjectId: tenantId, period: 'day' } });
    const { committedMicroUsd } = await tx.operationSpend.findFirstOrThrow({ where: { operationId } });
    expect(windows).toMatchObject([{ heldMicroUsd: 0n, spentMicroUsd: committedMicroUsd }]);
    return Number(committedMicroUsd);
  }, tenantId);
}

type Told = Omit<Outcome, 'hold' | 'counted' | 'breaker'> & { readonly costUsd: number };

async function answerOf(response: Response): Promise<Told> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    const { data, error } = (await response.json()) as { data: Answer | null; error: Refusal | null };
    if (data !== null) return toldOf('200', data.text, data.usage, data);
    const wait = response.headers.get('retry-after');
    const after = wait === null ? '' : ` after ${wait} s`;
    const attempts = error?.details?.attempts?.map(({ outcome: how }) => how).join(', ') ?? 'none told';
    const answer = `${response.status} ${error?.code}${after}`;
    return { answer, text: '', usage: 'none', finish: undefined, attempts, costUsd: 0 };
  }
  const events = await allEventsOf(response);
  const text = events.map(({ event, data }) => (event === 'delta' ? String(data['text']) : '')).join('');
  const { costUsd, credits: _credits, ...usage } = (events.at(-2)?.data ?? {}) as unknown as UsageEvent;
  const { event, data } = events.at(-1) ?? { event: 'none', data: {} };
  const last = data as unknown as Answer & Refusal & { type: string };
  const answer = event === 'done' ? '200' : `${event} ${last.type} ${last.code}`;
  return toldOf(answer, text, usage, { ...last, costUsd });
}

interface Usage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly source: string;
}
type UsageEvent = Usage & { readonly costUsd: number; readonly credits: object };

interface Answer {
  readonly text: string;
  readonly usage: Usage;
  readonly costUsd: number;
  readonly finishReason: string;
  readonly attempts: readonly {
    readonly outcome: string;
    readonly model: string;
    readonly provider: string;
  }[];
}

interface Refusal {
  readonly code: string;
  readonly details: { readonly attempts?: readonly { readonly outcome: string }[] } | null;
}

/** Checks the cost against the usage, and tells the rest in a word each. */
function toldOf(
  answer: string,
  text: string,
  usage: Usage,
  { costUsd, finishReason, attempts }: Pick<Answer, 'costUsd' | 'finishReason' | 'attempts'>,
): Told {
  const [{ provider = '', model = '' } = {}] = attempts;
  const price = findPrice(provider, model);
  if (price === undefined) throw new Error(`${provider}/${model} has no price`);
  expect(Math.round(costUsd * 1e6)).toBe(costMicroUsd(usage, price));
  expect(usage.totalTokens).toBe(usage.inputTokens + usage.cachedTokens + usage.outputTokens);
  const promptTold = usage.inputTokens === 1_200 && usage.cachedTokens === 800;
  const answerTold = usage.outputTokens === 340 && usage.source === 'provider';
  return {
    answer,
    text: lengthOf(text),
    usage: promptTold ? (answerTold ? 'told' : 'both') : answerTold ? 'wrong' : usage.source,
    finish: finishReason,
    attempts: attempts.map(({ outcome: how }) => how).join(', '),
    costUsd,
  };
}

function lengthOf(text: string): string {
  if (text === HUGE) return 'huge';
  return text !== '' && HUGE.startsWith(text) ? 'cut' : text;
}

async function boundOf(vendor: Vendor): Promise<number> {
  const request = { ...WISH, model: MODELS[vendor], provider: vendor };
  const agent = await app.as();
  const estimate = { operation: 'inference.complete', request };
  const { body } = await agent.post('/llm-orch/v1/estimates').send(estimate).expect(200);
  return Math.round(body.data.maxCostUsd * 1e6);
}
