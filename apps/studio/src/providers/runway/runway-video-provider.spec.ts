import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { finished } from '../media-provider.conformance.js';
import { fakePicture, FFMPEG_IS_HERE } from '../vendor/vendor-media.fake.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { itIsAVideoProvider, videoRequest } from '../video-provider.conformance.js';
import { type FakeRunway, startFakeRunway } from './runway.fake.js';
import { runwayPlan } from './runway-request.js';
import { type RunwayOptions, RunwayVideoProvider } from './runway-video-provider.js';

let fake: FakeRunway;
const work = { signal: new AbortController().signal };
const provider = (options: RunwayOptions = {}): RunwayVideoProvider =>
  new RunwayVideoProvider({ apiKey: fake.apiKey, baseUrl: fake.vendor.origin, timeoutMs: 5_000, ...options });

beforeAll(async () => {
  fake = await startFakeRunway();
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('RunwayVideoProvider (needs ffmpeg)', () => {
  itIsAVideoProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => videoRequest(),
    rows: [
      ['502', { kind: 'status', status: 502 }, 'unavailable', true],
      ['504', { kind: 'status', status: 504 }, 'unavailable', true],
      ['200 without a task', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false],
    ],
  });
  itFollowsTasks({
    vendor: () => fake.vendor,
    tasks: () => fake.tasks,
    make: () => provider(),
    request: () => videoRequest(),
    progress: [
      [{ kind: 'waiting' }, undefined],
      [{ kind: 'throttled' }, undefined],
      [{ kind: 'working', progress: 0.42 }, 42],
    ],
    failures: [
      ['SAFETY.INPUT.TEXT', 'moderated', false],
      ['SAFETY.OUTPUT.VIDEO', 'moderated', false],
      ['INPUT_PREPROCESSING.SAFETY.TEXT', 'moderated', false],
      ['INPUT_PREPROCESSING.INTERNAL', 'unavailable', true],
      ['ASSET.INVALID', 'rejected', false],
      ['INTERNAL.BAD_OUTPUT.CODE01', 'unavailable', true],
      ['THIRD_PARTY.UNAVAILABLE', 'unavailable', true],
    ],
  });

  it('sends only what the vendor knows, and the first picture with it', async () => {
    const images = [await fakePicture(2400, 1200), await fakePicture(64, 64)];
    const film = await finished(
      provider(),
      videoRequest({ images, aspect: '1:1', durationSeconds: 8 }),
      work,
    );
    const sent = fake.vendor.accepted.find(({ path }) => path === '/v1/image_to_video')?.body;
    expect(sent).toMatchObject({ model: 'gen4.5', ratio: '960:960', duration: 8, seed: 42 });
    expect(film).toMatchObject({ width: 960, height: 960 });
    expect(film.limits).toContain('only the first picture was used, as the first frame');
  });

  it('a task that was cancelled elsewhere is over', async () => {
    fake.tasks.plan({ kind: 'cancelled' });
    const { taskId } = await provider().generate(videoRequest(), work);
    await expect(provider().poll(taskId, videoRequest(), work)).rejects.toMatchObject({ kind: 'rejected' });
  });

  it.each([
    [{ kind: 'waiting' }, 'stopped', false],
    [{ kind: 'throttled' }, 'stopped', false],
    [{ kind: 'working', progress: 0.5 }, 'unknown', false],
    [{ kind: 'done' }, 'charged', true],
    [{ kind: 'failed', code: 'INTERNAL' }, 'stopped', true],
  ] as const)('cancels a task that is %j: %s', async (step, outcome, kept) => {
    fake.tasks.plan(step);
    const { taskId } = await provider().generate(videoRequest(), work);
    expect(await provider().cancel(taskId, work)).toBe(outcome);
    expect(fake.tasks.ids().includes(taskId)).toBe(kept);
  });
});

describe('what Runway is asked for', () => {
  it.each([
    ['gen4.5', 3, 3],
    ['gen4.5', 60, 10],
    ['veo3.1', 3, 4],
    ['veo3.1', 7, 8],
    ['veo3.1_fast', 30, 8],
  ])('%s for %i s makes %i s and says so', (model, durationSeconds, seconds) => {
    const plan = runwayPlan(model, videoRequest({ durationSeconds }));
    expect(plan.seconds).toBe(seconds);
    expect(plan.limits.some((limit) => limit.includes(`instead of ${durationSeconds} s`))).toBe(
      seconds !== durationSeconds,
    );
  });

  it('makes full HD where the model does, takes no seed where it does not, cuts long prompts', () => {
    const plan = runwayPlan('veo3.1', videoRequest({ resolution: '1080p', prompt: 'x'.repeat(1_001) }));
    expect(plan).toMatchObject({ ratio: '1920:1080', seed: undefined, promptText: 'x'.repeat(1_000) });
    expect(plan.limits.join()).toContain('only 1000 characters');
  });
});
