import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Piscina } from 'piscina';
import type { CompletionRequest } from '../text-provider.js';
import { LocalTextProvider } from './local-text-provider.js';
import { ThreadedLocalProvider } from './threaded-local-provider.js';

const NOW = () => new Date('2026-11-22T09:00:00Z');
const request = (content: string): CompletionRequest => ({
  messages: [{ role: 'user', content }],
  model: 'local-planner-1',
  maxTokens: 800,
  idempotencyKey: 'key',
});

describe('ThreadedLocalProvider', () => {
  const threaded = new ThreadedLocalProvider(NOW);
  afterAll(() => threaded.onModuleDestroy());

  it('answers exactly what the planner answers', async () => {
    const wish = request('Plan a wedding for 80 guests in Lisbon on 3 July 2027, budget 25k EUR');
    const signal = new AbortController().signal;
    expect(await threaded.complete(wish, signal)).toEqual(
      await new LocalTextProvider({ now: NOW }).complete(wish, signal),
    );
  });

  it('leaves the event loop free while it reads a long prompt', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await threaded.complete(
      request('plan a wedding for twenty five people in Mumbai with budget '.repeat(600)),
      new AbortController().signal,
    );
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });

  it('gives up at once when the caller does, and answers the next one', async () => {
    const caller = new AbortController();
    const asked = threaded.complete(
      request('plan a gala for two hundred guests '.repeat(1_000)),
      caller.signal,
    );
    caller.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
    const next = await threaded.complete(request('Plan a picnic'), new AbortController().signal);
    expect(next.text).toContain('icnic');
  });

  it('keeps its threads when callers leave, for a new one loads far longer than an answer takes', async () => {
    const kept = new ThreadedLocalProvider(NOW);
    const three = (signal: AbortSignal) =>
      Array.from({ length: 3 }, () => kept.complete(request('Plan a wedding for 80 guests'), signal));
    await Promise.all(three(new AbortController().signal));
    const before = threadsOf(kept);
    for (let time = 0; time < 3; time += 1) {
      const caller = new AbortController();
      const asked = three(caller.signal);
      caller.abort(new Error('gone'));
      for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
    }
    await Promise.all(three(new AbortController().signal));
    expect(threadsOf(kept)).toEqual(expect.arrayContaining(before));
    await kept.onModuleDestroy();
  });

  it('ends what nobody waits for when it takes long', async () => {
    const short = new ThreadedLocalProvider(NOW, 60_000, 20);
    await short.complete(request('Plan a picnic'), new AbortController().signal);
    const [busy] = threadsOf(short);
    const caller = new AbortController();
    const asked = short.complete(request('plan a gala for two hundred guests '.repeat(4_000)), caller.signal);
    setTimeout(() => caller.abort(new Error('gone')), 20);
    await expect(asked).rejects.toThrow('gone');
    while (threadsOf(short).includes(busy ?? 0)) await turn();
    await short.onModuleDestroy();
  });
});

function threadsOf(provider: ThreadedLocalProvider): number[] {
  return (Reflect.get(provider, 'threads') as Piscina).threads.map(({ threadId }) => threadId);
}
