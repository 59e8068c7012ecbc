import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakePicture, FFMPEG_IS_HERE } from '../vendor/vendor-media.fake.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { itIsAVideoProvider, videoRequest } from '../video-provider.conformance.js';
import { type FakeLuma, startFakeLuma } from './luma.fake.js';
import { lumaLimits } from './luma-request.js';
import { type LumaOptions, LumaVideoProvider } from './luma-video-provider.js';

let fake: FakeLuma;
const work = { signal: new AbortController().signal };
const provider = (options: LumaOptions = {}): LumaVideoProvider =>
  new LumaVideoProvider({ apiKey: fake.apiKey, baseUrl: fake.baseUrl, timeoutMs: 5_000, ...options });

beforeAll(async () => {
  fake = await startFakeLuma();
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('LumaVideoProvider (needs ffmpeg)', () => {
  itIsAVideoProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => videoRequest(),
    rows: [
      ['200 without a task', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false],
      [
        'a refusal by moderation',
        { kind: 'status', status: 422, body: { code: 'content_moderated' } },
        'moderated',
        false,
      ],
    ],
  });
  itFollowsTasks({
    vendor: () => fake.vendor,
    tasks: () => fake.tasks,
    make: () => provider(),
    request: () => videoRequest(),
    progress: [
      [{ kind: 'waiting' }, undefined],
      [{ kind: 'working', progress: 0.5 }, undefined],
    ],
    failures: [
      ['content_moderated', 'moderated', false],
      ['budget_exhausted', 'auth', false],
      ['generation_failed', 'unavailable', true],
      ['output_not_found', 'unavailable', true],
    ],
  });

  it.each([
    [1, 5, [0]],
    [2, 5, [0, 120]],
    [4, 12, [0, 80, 160, 240]],
  ])('shows %i pictures evenly over a film for %i s', async (count, durationSeconds, indexes) => {
    const images = await Promise.all(Array.from({ length: count }, () => fakePicture(64, 64)));
    await provider().generate(videoRequest({ images, durationSeconds }), work);
    expect(fake.vendor.accepted.at(-1)?.body['video']).toMatchObject({ keyframe_indexes: indexes });
  });

  it.each([
    [{ kind: 'waiting' }, 'unknown'],
    [{ kind: 'done' }, 'charged'],
    [{ kind: 'failed', code: 'generation_failed' }, 'stopped'],
  ] as const)('can stop nothing, but tells what became of a task that is %j: %s', async (step, outcome) => {
    fake.tasks.plan(step);
    const { taskId } = await provider().generate(videoRequest(), work);
    expect(await provider().cancel(taskId, work)).toBe(outcome);
  });

  it('says what the vendor does not do', () => {
    const wish = { durationSeconds: 30, resolution: '480p', voiceover: 'Hello', music: true } as const;
    expect(lumaLimits(videoRequest(wish))).toEqual([
      'the vendor takes no seed: the film cannot be reproduced',
      '10 s long instead of 30 s: the vendor makes 5 or 10 s',
      'made at 540p, the vendor offers no 480p',
      'the vendor speaks no voice-over',
      'the vendor plays no music',
    ]);
  });
});
