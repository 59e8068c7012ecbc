import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import fc from 'fast-check';
import { answer, refuse, THOUGHT } from '../orchestration/llm-orch.fake.js';
import type { SeenCall } from '../orchestration/llm-orch.fake.js';
import { VOICE, VoiceScene } from './voice-scene.fake.js';

const MICROS_PER_USD = 1_000_000;
/** How a step ends that a vendor has billed. */
type End = 'answered' | 'failed' | 'lost';

interface Bill {
  readonly boundMicroUsd: number;
  /** Of the bound, in per cent. */
  readonly costPercent: number;
  /** Of each time that it is done; afterwards it is answered. */
  readonly ends: readonly End[];
}

const bill = (): fc.Arbitrary<Bill> =>
  fc.record({
    boundMicroUsd: fc.integer({ min: 1, max: 5_000 }),
    costPercent: fc.constantFrom(100, 100, 60, 0),
    ends: fc.array(fc.constantFrom<End>('failed', 'lost'), { maxLength: 2 }),
  });

/** Whatever fails, is lost or is tried again: all that vendors bill for one request stays within its ceiling. */
describe('the ceiling of a spoken turn', () => {
  let scene: VoiceScene;
  let billedMicroUsd = 0;

  beforeAll(async () => {
    scene = await VoiceScene.set();
    scene.app.wallet.balance(1_000_000);
  });
  afterAll(async () => expect(await scene.strike()).toEqual([]));

  /** Bills, then ends as told; `done` answers. */
  function vendor({ boundMicroUsd, costPercent, ends }: Bill) {
    const left = [...ends];
    return (response: ServerResponse, done: (costUsd: number) => void) => {
      const cost = Math.floor((boundMicroUsd * costPercent) / 100);
      billedMicroUsd += cost;
      const end = left.shift() ?? 'answered';
      if (end === 'lost') response.destroy();
      else if (end === 'failed') refuse(response, 502, 'FAILED');
      else done(cost / MICROS_PER_USD);
    };
  }

  /** The gateway keeps its own sum over the steps of an operation, refuses what would go beyond, and replays what it finished. */
  function gateway(wish: Bill) {
    const spent = new Map<string, number>();
    const finished = new Map<string, object>();
    const think = vendor(wish);
    return (response: ServerResponse, { headers }: SeenCall) => {
      const [key, operation] = [headers['idempotency-key'], headers['x-parent-operation']].map(String);
      const before = finished.get(key ?? '');
      if (before !== undefined) return answer(response, 200, before);
      const after = (spent.get(operation ?? '') ?? 0) + wish.boundMicroUsd;
      if (after > Number(headers['x-parent-max-micro-usd'])) return refuse(response, 402, 'BUDGET_EXCEEDED');
      spent.set(operation ?? '', after);
      think(response, (costUsd) => {
        finished.set(key ?? '', { ...THOUGHT, costUsd });
        answer(response, 200, { ...THOUGHT, costUsd });
      });
    };
  }

  it('is never exceeded, over all attempts of the same request', async () => {
    const user = await scene.app.as();
    const outcomes = { answered: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(bill(), bill(), bill(), fc.integer({ min: 90, max: 220 }), async (stt, think, tts, percent) => {
        const bounds = stt.boundMicroUsd + think.boundMicroUsd + tts.boundMicroUsd;
        const ceiling = Math.max(1, Math.floor((bounds * percent) / 100));
        scene.studio.reset();
        billedMicroUsd = 0;
        scene.studio.bounds = {
          stt: { credits: 10, microUsd: stt.boundMicroUsd },
          tts: { credits: 10, microUsd: tts.boundMicroUsd },
        };
        scene.brain.boundOf = () => think.boundMicroUsd;
        scene.brain.think = gateway(think);
        const [hear, speak] = [vendor(stt), vendor(tts)];
        scene.studio.transcribe = (response, _call, finish) =>
          hear(response, (costUsd) => finish(scene.studio.transcript(costUsd)));
        scene.studio.speak = (response, _call, finish) =>
          speak(response, (costUsd) => finish(scene.studio.speech(costUsd)));
        const key = newId();
        for (let attempt = 0; attempt < 4; attempt += 1) {
          const { status, body } = await user
            .post(VOICE)
            .set({ 'idempotency-key': key, 'x-budget-max-usd': (ceiling / MICROS_PER_USD).toFixed(6) })
            .send({ audioUrl: 'https://example.com/q.m4a', ttsResponse: true });
          outcomes[status === 200 ? 'answered' : 'refused'] += 1;
          expect(billedMicroUsd).toBeLessThanOrEqual(ceiling);
          if (status !== 200) continue;
          expect(Math.round(body.data.costUsd * MICROS_PER_USD)).toBeLessThanOrEqual(ceiling);
          return;
        }
      }),
      { numRuns: 30, endOnFailure: true },
    );
    expect(Math.min(outcomes.answered, outcomes.refused)).toBeGreaterThan(5);
  }); // prettier-ignore
});
