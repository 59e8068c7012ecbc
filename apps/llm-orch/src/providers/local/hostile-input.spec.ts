import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProviderFault } from '../text-provider.js';
import { countTokens } from '../token-count.js';
import { USE_CASES } from '../use-cases.js';
import type { UseCase } from '../use-cases.js';
import { LocalTextProvider } from './local-text-provider.js';
import { ThreadedLocalProvider } from './threaded-local-provider.js';

const NOW = () => new Date('2026-11-22T09:00:00Z');
const provider = new LocalTextProvider({ now: NOW });
const LONGEST = 100_000;
/** Tasks of their own; the other use cases read the brief alone, which is bounded. */
const TASKS = ['summarize', 'translation', 'moderation', 'classification'] as const;
const SEEDS = [
  ...['a ', 'a', ' ', '“a', '"a', '‘a', '!!!!a', '\n', 'one ', 'one\n', '1-', 'a: ', '. A', '? ', '\uFFFD'],
  ...['as, ', 'as a or ', 'into a or b, or c  ,  ', 'password ', 'a@', 'Aa', 'to A', '漢', '😀', 'no '],
];

function ask(prompt: string, useCase: UseCase, maxTokens = 200) {
  return provider.complete(
    {
      messages: [{ role: 'user', content: prompt }],
      model: 'local-planner-1',
      maxTokens,
      useCase,
      idempotencyKey: 'k',
    },
    new AbortController().signal,
  );
}

function repeated(seed: string, length: number): string {
  return seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
}

/** Processor time in milliseconds, the middle of three runs: what others do on the machine hardly counts. */
async function cost(work: () => unknown): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    runs.push((user + system) / 1_000);
  }
  return runs.sort((a, b) => a - b)[1] ?? 0;
}

/** Four times the text may cost six times as much, and a little that is noise. */
async function expectLinear(work: (length: number) => unknown): Promise<void> {
  await work(2_000);
  const short = await cost(() => work(10_000));
  const long = await cost(() => work(40_000));
  expect(long).toBeLessThan(6 * Math.max(short, FLOOR_MS));
}
const FLOOR_MS = 30;

describe('the local planner under hostile prompts', () => {
  it.each(USE_CASES)('answers %s at full length', async (useCase) => {
    const seeds = TASKS.some((task) => task === useCase) ? SEEDS : SEEDS.slice(0, 4);
    for (const seed of seeds) {
      const { text, usage, limits } = await ask(repeated(seed, LONGEST), useCase);
      expect(text).not.toBe('');
      expect(usage.outputTokens).toBeLessThanOrEqual(200);
      expect(limits).toContain('only the first 20,000 characters of the prompt were worked on');
    }
  });

  it.each(TASKS)('takes time in step with the length: %s', async (useCase) => {
    for (const seed of ['a ', ' ', '“a', '!!!!a', 'as a or ']) {
      await expectLinear((length) => ask(repeated(seed, length), useCase));
    }
  });

  it('takes time in step with the length of any repeated fragment', async () => {
    const fragment = fc.string({
      unit: fc.constantFrom(...'aA1 \n\t"“”‘’«».,:;!?-/|@$%()', ' or ', 'as ', 'one ', 'é', '漢', '😀'),
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(fragment, fc.constantFrom(...TASKS), async (seed, useCase) => {
        await expectLinear((length) => ask(repeated(seed, length), useCase));
      }),
      { numRuns: 4 },
    );
  });

  it('counts tokens in step with the length', async () => {
    for (const seed of ['a', ' ', '!', '\uFFFDa']) {
      await expectLinear((length) => countTokens(repeated(seed, length)));
    }
  });

  it('still reads a number in a line of many, and the labels of a short list', async () => {
    const crowd =
      'We bring one tent, two bands, three bars, four cooks, five vans, six lamps, seven tables. ';
    const { text } = await ask(
      `${crowd}${crowd}Plan a gala for one hundred and fifty people and twenty-five thousand dollars`,
      'extraction',
    );
    expect(JSON.parse(text)).toMatchObject({ guests: 150, budget: { amount: 25_000, currency: 'USD' } });
    expect(
      (await ask('Classify as good or bad, or mixed: a bad day, all bad', 'classification')).text,
    ).toMatch(/Label:\*\* bad/);
  });

  it('summarizes a text whose last sentence has no mark', async () => {
    const { text } = await ask(
      'Summarize this. The spring gala takes place in Rome on the fifth of May with eighty guests',
      'summarize',
    );
    expect(text).toContain('spring gala takes place in Rome');
  });

  it('gives up on a prompt that takes too long', async () => {
    const impatient = new ThreadedLocalProvider(NOW, 0);
    const request = (content: string) => ({
      messages: [{ role: 'user' as const, content }],
      model: 'local-planner-1',
      maxTokens: 200,
      idempotencyKey: 'k',
    });
    const { signal } = new AbortController();
    const fault: unknown = await impatient
      .complete(request('one\n'.repeat(20_000)), signal)
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ProviderFault);
    expect(fault).toMatchObject({ kind: 'invalid_request', message: expect.stringContaining('too long') });
    await impatient.onModuleDestroy();
    // A thread that starts on a busy machine loads for long before it begins.
  }, 60_000);
});
