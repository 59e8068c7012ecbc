import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CompletionChunk, CompletionRequest, CompletionUsage } from '../completion.js';
import { CompletionParts, chunksOf } from '../completion-chunks.js';
import { ProviderFault } from '../provider-fault.js';
import { costMicroUsd } from '../prices.js';
import type { FaultName } from './fault-server.fake.js';
import { FAULTS, faultServer, SAID, USED, WAIT_SECONDS } from './fault-server.fake.js';
import type { ClosableProvider } from './faulty-vendors.fake.js';
import { faultyVendors } from './faulty-vendors.fake.js';

const VENDORS = ['openai', 'anthropic', 'google', 'aws-bedrock'] as const;
type Vendor = (typeof VENDORS)[number];

const PRICE = {
  provider: 'any',
  model: 'any',
  inputMicroUsdPerMTok: 3_000_000,
  cachedInputMicroUsdPerMTok: 300_000,
  outputMicroUsdPerMTok: 15_000_000,
};

/** 1,200 × $3 + 800 × $0.30 + 340 × $15, per million. */
const COST_MICRO_USD = 8_940;

const ALL = SAID.join('');
const HUGE = FAULTS.huge.pieces.join('');
const WELL: Outcome = { text: ALL, usage: { ...USED, source: 'provider' }, cost: COST_MICRO_USD };
const REFUSED = { text: '', usage: undefined };

interface Outcome {
  readonly text: string;
  /** `counted`: not told; ours stands in. */
  readonly usage: Partial<CompletionUsage> | undefined;
  readonly cost?: number;
  readonly fault?: Partial<ProviderFault>;
}

/** What comes of each fault, streamed and not; functions where vendors differ. */
const OUTCOMES: Record<
  Exclude<FaultName, 'stall'>,
  { buffered: Outcome; streamed: Outcome | ((vendor: Vendor) => Outcome) }
> = {
  none: { buffered: WELL, streamed: WELL },
  slow: { buffered: WELL, streamed: WELL },
  'usage-on-every-chunk': { buffered: WELL, streamed: WELL },
  huge: { buffered: { ...WELL, text: HUGE }, streamed: { ...WELL, text: HUGE } },
  'usage-missing': {
    buffered: { text: ALL, usage: { source: 'counted' } },
    streamed: { text: ALL, usage: { source: 'counted' } },
  },
  cut: {
    buffered: { ...REFUSED, fault: { kind: 'transport', executed: 'maybe' } },
    // Anthropic alone tells the prompt's tokens before the answer; what it wrote until then is counted by us.
    streamed: (vendor) => ({
      text: ALL,
      usage:
        vendor === 'anthropic' ? { inputTokens: 1_200, cachedTokens: 800, source: 'counted' } : undefined,
      fault: { kind: 'transport', executed: 'maybe' },
    }),
  },
  'malformed-chunk': {
    buffered: { ...REFUSED, fault: { kind: 'server', executed: 'maybe' } },
    // Bedrock's own client gives the stream up at the first one.
    streamed: (vendor) =>
      vendor === 'aws-bedrock'
        ? { ...REFUSED, fault: { kind: 'server', executed: 'maybe' } }
        : { text: ALL, usage: { source: 'counted' } },
  },
  'malformed-chunks': {
    buffered: { ...REFUSED, fault: { kind: 'server', executed: 'maybe' } },
    streamed: { ...REFUSED, fault: { kind: 'server', executed: 'maybe' } },
  },
  'rate-limited': both({
    kind: 'rate_limited',
    executed: 'no',
    status: 429,
    retryAfterMs: WAIT_SECONDS * 1000,
  }),
  'rate-limited-without-hint': both({
    kind: 'rate_limited',
    executed: 'no',
    status: 429,
    retryAfterMs: undefined,
  }),
  'error-500': both({ kind: 'server', executed: 'maybe', status: 500 }),
  'error-529': both({ kind: 'overloaded', executed: 'no', status: 529 }),
  'context-overflow': both({ kind: 'context_length', executed: 'no', status: 400 }),
};

function both(fault: Partial<ProviderFault>) {
  return { buffered: { ...REFUSED, fault }, streamed: { ...REFUSED, fault } };
}

const CASES = VENDORS.flatMap((vendor) =>
  Object.entries(OUTCOMES).map(([fault, { buffered, streamed }]) => ({
    vendor,
    fault,
    buffered,
    streamed: typeof streamed === 'function' ? streamed(vendor) : streamed,
  })),
);

let patient: Record<string, ClosableProvider>;
let impatient: Record<string, ClosableProvider>;
const server = faultServer();

beforeAll(async () => {
  const address = await server.start();
  patient = faultyVendors(address, { timeoutMs: 20_000, idleTimeoutMs: 20_000 });
  impatient = faultyVendors(address, { timeoutMs: 400, idleTimeoutMs: 100 });
});

afterAll(async () => {
  await server.stop();
  await Promise.all([patient, impatient].flatMap(Object.values).map((provider) => provider.close()));
});

describe('every adapter under every fault', () => {
  it.each(CASES)('$vendor, $fault, not streamed', async ({ vendor, fault, buffered }) => {
    expectOutcome(await outcomeOf(whole(patient, vendor, fault), fault), buffered);
  });

  it.each(CASES)('$vendor, $fault, streamed', async ({ vendor, fault, streamed }) => {
    expectOutcome(await outcomeOf(pieces(patient, vendor, fault), fault), streamed);
  });

  it.each(VENDORS)('%s gives up on an answer that does not come, streamed and not', async (vendor) => {
    const fault = { kind: 'timeout', executed: 'maybe' };
    expect((await outcomeOf(whole(impatient, vendor, 'stall'), 'stall')).fault).toMatchObject(fault);
    expect((await outcomeOf(pieces(impatient, vendor, 'stall'), 'stall')).fault).toMatchObject(fault);
  });

  // The others are left at their last event, which may come before the end of the body.
  it.each(['google', 'aws-bedrock'] as const)(
    '%s keeps its connection from one answer to the next',
    async (vendor) => {
      await outcomeOf(pieces(patient, vendor, 'none'), 'none');
      const before = server.connections;
      for (let call = 0; call < 5; call += 1) {
        await outcomeOf(pieces(patient, vendor, 'none'), 'none');
        await outcomeOf(whole(patient, vendor, 'none'), 'none');
      }
      expect(server.connections - before).toBeLessThanOrEqual(1);
    },
  );

  it.each(VENDORS)('%s costs the same streamed and not', async (vendor) => {
    for (const fault of ['none', 'usage-missing', 'usage-on-every-chunk'] as const) {
      const streamed = await outcomeOf(pieces(patient, vendor, fault), fault);
      expect(streamed.cost).toBe((await outcomeOf(whole(patient, vendor, fault), fault)).cost);
      expect(streamed.cost).toBeGreaterThan(0);
    }
  });
});

function request(model: string): CompletionRequest {
  return {
    messages: [{ role: 'user', content: 'Plan a picnic' }],
    model,
    maxTokens: 500,
    idempotencyKey: 'key-1',
  };
}

function pieces(vendors: Record<string, ClosableProvider>, vendor: Vendor, model: string) {
  const provider = vendors[vendor];
  if (provider === undefined) throw new Error(`no ${vendor}`);
  return provider.stream(request(model), new AbortController().signal);
}

async function* whole(vendors: Record<string, ClosableProvider>, vendor: Vendor, model: string) {
  const provider = vendors[vendor];
  if (provider === undefined) throw new Error(`no ${vendor}`);
  yield* chunksOf(await provider.complete(request(model), new AbortController().signal));
}

async function outcomeOf(chunks: AsyncIterable<CompletionChunk>, model: string): Promise<Outcome> {
  const parts = new CompletionParts();
  let fault: ProviderFault | undefined;
  try {
    for await (const chunk of chunks) parts.add(chunk);
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    fault = error;
  }
  const usage = parts.completion(request(model))?.usage ?? parts.usage;
  const cost = usage === undefined ? undefined : costMicroUsd(usage, PRICE);
  return { text: parts.text(), usage, cost, fault };
}

function expectOutcome(outcome: Outcome, expected: Outcome): void {
  const { fault, ...answer } = expected;
  expect(outcome).toMatchObject(answer);
  if (fault === undefined) expect(outcome.fault).toBeUndefined();
  else {
    expect(outcome.fault).toBeInstanceOf(ProviderFault);
    for (const [fact, value] of Object.entries(fault))
      expect([fact, outcome.fault?.[fact as keyof ProviderFault]]).toEqual([fact, value]);
  }
}
