import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { imageRequest, itIsAnImageProvider } from '../image-provider.conformance.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { type FakeFlux, startFakeFlux } from './flux.fake.js';
import { FluxImageProvider, type FluxOptions } from './flux-image-provider.js';

let fake: FakeFlux;
const work = { signal: new AbortController().signal };
const provider = (options: FluxOptions = {}): FluxImageProvider =>
  new FluxImageProvider({ apiKey: fake.apiKey, baseUrl: fake.vendor.origin, timeoutMs: 5_000, ...options });

beforeAll(async () => {
  fake = await startFakeFlux();
});
afterAll(() => fake.vendor.close());

describe('FluxImageProvider', () => {
  itIsAnImageProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => imageRequest(),
    rows: [['200 without a task', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false]],
  });
  itFollowsTasks({
    vendor: () => fake.vendor,
    tasks: () => fake.tasks,
    make: () => provider(),
    request: () => imageRequest(),
    progress: [
      [{ kind: 'waiting' }, undefined],
      [{ kind: 'working', progress: 0.25 }, 25],
    ],
    failures: [
      ['Request Moderated', 'moderated', false],
      ['Content Moderated', 'moderated', false],
      ['Task not found', 'rejected', false],
      ['Error', 'unavailable', true],
    ],
  });

  it('asks in the words that the vendor knows, in steps of 16 pixels', async () => {
    await provider().generate(imageRequest({ width: 250, height: 1000, negativePrompt: 'people' }), work);
    expect(fake.vendor.accepted.at(-1)?.body).toEqual({
      prompt: 'three red balloons over a lake\n\nLeave out: people.',
      width: 256,
      height: 1008,
      seed: 42,
      safety_tolerance: 2,
      output_format: 'png',
    });
  });

  it.each([
    ['api.us1.bfl.ai', '@api.us1.bfl.ai'],
    ['evil.example', ''],
    ['api.bfl.ai.evil.example', ''],
  ])('looks where the vendor says (%s) only among its own hosts', async (host, suffix) => {
    fake.pollingHost = host;
    const { taskId } = await provider().generate(imageRequest(), work);
    expect(taskId.replace(/^task-\d+/, '')).toBe(suffix);
  });

  it('shows its key to no host that a stored task names but the vendor does not own', async () => {
    const { taskId } = await provider().generate(imageRequest(), work);
    await provider().poll(`${taskId}@evil.example`, imageRequest(), work);
    expect(fake.vendor.accepted.at(-1)?.query.get('id')).toBe(taskId);
  });

  it.each([
    [{ kind: 'waiting' }, 'unknown'],
    [{ kind: 'done' }, 'charged'],
    [{ kind: 'failed', code: 'Error' }, 'stopped'],
  ] as const)('can stop nothing, but tells what became of a task that is %j: %s', async (step, outcome) => {
    fake.tasks.plan(step);
    const { taskId } = await provider().generate(imageRequest(), work);
    expect(await provider().cancel(taskId, work)).toBe(outcome);
  });
});
