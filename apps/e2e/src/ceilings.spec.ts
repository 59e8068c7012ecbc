import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '@eventzr/config';
import { until } from '@eventzr/testing';
import { BillingVendor, VENDOR_MODEL } from './billing-vendor.js';
import { RunningPlatform } from './platform.js';

const MICROS_PER_USD = 1_000_000;

interface Wish {
  readonly mode: 'single' | 'zar';
  readonly stream: boolean;
  readonly maxTokens: number;
  readonly ceilingMicroUsd: number;
  readonly prompt: string;
}

/** `x-budget-max-usd` over everything that one orchestration asks of a vendor, as the vendor bills it. */
describe('a ceiling of an orchestration', () => {
  const vendor = new BillingVendor();
  let eventzr: RunningPlatform;
  let token: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start({
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: await vendor.start(),
      OPENAI_MODELS: VENDOR_MODEL,
      ZAR_MEMBERS: `openai/${VENDOR_MODEL}`,
      ZAR_GRACE_MS: '50',
      COMPLETION_CACHE: 'off',
      MODERATION: 'local',
      IMAGE_MODERATION: 'off',
    });
    token = await eventzr.login('dev@eventzr.com');
  }, 120_000);
  afterAll(async () => {
    await eventzr.stop();
    await vendor.stop();
  });

  const wish = fc.record({
    mode: fc.constantFrom('single' as const, 'zar' as const),
    stream: fc.boolean(),
    maxTokens: fc.integer({ min: 1, max: 400 }),
    ceilingMicroUsd: fc.integer({ min: 50, max: 12_000 }),
    prompt: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).map((text) => `A festival ${text}`),
  });

  it('is never exceeded by what the vendor bills, and what is not affordable is not begun', async () => {
    const seen = { answered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(wish, async (asked) => {
        const { status } = await ask(marked(asked));
        expect([200, 402]).toContain(status);
        expect(vendor.billedMicroUsd).toBeLessThanOrEqual(status === 402 ? 0 : asked.ceilingMicroUsd);
        seen[status === 200 ? 'answered' : 'refused'] += 1;
      }),
      { numRuns: 40 },
    );
    expect(Math.min(seen.answered, seen.refused)).toBeGreaterThan(3);
  });

  it('is never exceeded by a conversation that grows', async () => {
    await fc.assert(
      fc.asyncProperty(wish, fc.integer({ min: 2, max: 4 }), async (asked, turns) => {
        let conversationId: string | undefined;
        for (let turn = 0; turn < turns; turn += 1) {
          const { status, text } = await ask(marked(asked), { conversationId });
          expect(vendor.billedMicroUsd).toBeLessThanOrEqual(status === 402 ? 0 : asked.ceilingMicroUsd);
          conversationId ??= /"conversationId":"([^"]+)"/.exec(text)?.[1];
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is never exceeded by a reader who leaves and comes back with the same key', async () => {
    for (const mode of ['single', 'zar'] as const) {
      const asked = await onceAndAHalf({ mode, stream: true });
      vendor.reset('hangs');
      const key = newId();
      for (let time = 1; time <= 3; time += 1) {
        const leave = new AbortController();
        const left = send(asked, { key, signal: leave.signal })
          .then((response) => response.text())
          .catch(() => undefined);
        await Promise.race([left, until(() => vendor.calls >= (mode === 'zar' ? 3 : 1) * time)]);
        leave.abort();
        await left;
        await until(async () => (await eventzr.wallet(token)).held === 0);
      }
      expect(vendor.calls).toBeGreaterThan(0);
      expect(vendor.billedMicroUsd).toBeLessThanOrEqual(asked.ceilingMicroUsd);
    }
  });

  it('counts calls that failed and were billed all the same, over every repetition with one key', async () => {
    for (const mode of ['single', 'zar'] as const) {
      const asked = await onceAndAHalf({ mode, stream: false });
      vendor.reset('fails');
      const key = newId();
      const statuses: number[] = [];
      for (let time = 0; time < 4; time += 1) statuses.push((await ask(asked, { key })).status);
      expect(statuses.filter((status) => ![402, 502, 503].includes(status))).toEqual([]);
      expect(vendor.calls).toBeGreaterThan(0);
      expect(vendor.billedMicroUsd).toBeLessThanOrEqual(asked.ceilingMicroUsd);
    }
  });

  /** The same with a word of its own, by which alone the vendor now counts. */
  function marked(asked: Wish): Wish {
    const word = newId();
    vendor.reset('bills', word);
    return { ...asked, prompt: `${word} ${asked.prompt}` };
  }

  /** A wish with a ceiling that is enough for one time, not for two. */
  async function onceAndAHalf(how: Pick<Wish, 'mode' | 'stream'>): Promise<Wish> {
    const request = { mode: how.mode, maxTokens: 100, prompt: 'A festival' };
    const { data } = await eventzr.call<{ maxCostUsd: number }>('/aibrain/v1/estimates', {
      token,
      body: { operation: `orchestrate.${how.mode}`, request },
    });
    return { ...request, ...how, ceilingMicroUsd: Math.round(1.5 * data.maxCostUsd * MICROS_PER_USD) };
  }

  interface How {
    readonly key?: string;
    readonly conversationId?: string | undefined;
    readonly signal?: AbortSignal;
  }

  async function ask(asked: Wish, how: How = {}): Promise<{ status: number; text: string }> {
    const response = await send(asked, how);
    return { status: response.status, text: await response.text() };
  }

  function send({ ceilingMicroUsd, stream, ...body }: Wish, { key, conversationId, signal }: How) {
    return fetch(`${eventzr.url}/aibrain/v1/orchestrate`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-budget-max-usd': (ceilingMicroUsd / MICROS_PER_USD).toFixed(6),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({
        ...body,
        onNoConsensus: 'best',
        ...(stream ? { stream } : {}),
        ...(conversationId && { conversationId }),
      }),
      ...(signal && { signal }),
    });
  }
});
