import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { avatarRequest, itIsAnAvatarProvider } from '../avatar-provider.conformance.js';
import type { AvatarRequest } from '../avatar-provider.js';
import { finished } from '../media-provider.conformance.js';
import { fakePicture, fakeTrack, FFMPEG_IS_HERE } from '../vendor/vendor-media.fake.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { type FakeHeyGen, startFakeHeyGen } from './heygen.fake.js';
import { HeyGenAvatarProvider, type HeyGenOptions } from './heygen-avatar-provider.js';

let fake: FakeHeyGen;
let jobs = 0;
const work = { signal: new AbortController().signal };
const provider = (options: HeyGenOptions = {}): HeyGenAvatarProvider =>
  new HeyGenAvatarProvider({
    apiKey: fake.apiKey,
    baseUrl: fake.vendor.origin,
    timeoutMs: 5_000,
    presenters: 'avatar-1|Asha|voice-1, avatar-2|Ravi',
    ...options,
  });
/** Each with a key of its own, as the vendor makes one film per key. */
const request = (changes: Partial<AvatarRequest> = {}): AvatarRequest =>
  avatarRequest(provider(), { idempotencyKey: `job-${(jobs += 1)}/0`, ...changes });
const audio = (): NonNullable<AvatarRequest['audio']> => ({
  bytes: fakeTrack(),
  mimeType: 'audio/mpeg',
  durationMs: 1_000,
});
const lastFilm = (): Record<string, unknown> | undefined =>
  fake.vendor.accepted.findLast(({ path, method }) => path === '/v3/videos' && method === 'POST')?.body;

beforeAll(async () => {
  fake = await startFakeHeyGen();
});
beforeEach(() => {
  for (const id of fake.tasks.ids()) fake.tasks.drop(id);
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('HeyGenAvatarProvider (needs ffmpeg)', () => {
  itIsAnAvatarProvider(() => provider(), audio);
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => request(),
    rows: [
      [
        '429 for want of quota',
        { kind: 'status', status: 429, body: { error: { code: 'quota_exceeded' } } },
        'auth',
        false,
      ],
      [
        'a refusal by moderation',
        { kind: 'status', status: 400, body: { error: { code: 'content_policy_violation' } } },
        'moderated',
        false,
      ],
      ['413', { kind: 'status', status: 413 }, 'rejected', false],
      ['200 without a film', { kind: 'status', status: 200, body: { data: {} } }, 'unknown_outcome', false],
    ],
  });
  itFollowsTasks({
    vendor: () => fake.vendor,
    tasks: () => fake.tasks,
    make: () => provider(),
    request: () => request(),
    progress: [
      [{ kind: 'waiting' }, undefined],
      [{ kind: 'working', progress: 0.5 }, undefined],
    ],
    failures: [
      ['moderation_failed', 'moderated', false],
      ['insufficient_credit', 'auth', false],
      ['voice_not_found', 'rejected', false],
      ['internal_error', 'unavailable', true],
    ],
  });

  it('sends the key, where to call back, and the voice of the presenter', async () => {
    const callbackUrl = 'https://studio.example/callbacks/1';
    await provider().generate(request({ idempotencyKey: 'key-1' }), { ...work, callbackUrl });
    expect(lastFilm()).toMatchObject({
      callback_id: 'key-1',
      callback_url: callbackUrl,
      avatar_id: 'avatar-1',
      voice_id: 'voice-1',
      background: { type: 'color', value: '#336699' },
    });
    expect(fake.vendor.accepted.at(-1)?.headers['idempotency-key']).toBe('key-1');
  });

  it('lets an avatar without a configured voice speak with its own', async () => {
    await provider().generate(request({ presenter: 'avatar-2' }), work);
    expect(lastFilm()).not.toHaveProperty('voice_id');
  });

  it('uploads a background picture, and says that it knows no named settings', async () => {
    await provider().generate(request({ background: await fakePicture(64, 36) }), work);
    expect(lastFilm()).toMatchObject({ background: { type: 'image' } });
    const film = await finished(provider(), request({ background: 'office' }), work);
    expect(film.limits.join()).toContain('"office"');
    expect(lastFilm()).not.toHaveProperty('background');
  });

  it('brings the poster, and the film without it when it is gone', async () => {
    const task = await provider().generate(request(), work);
    fake.tasks.plan({ kind: 'done' });
    const done = await finished(provider(), request(), work);
    expect(done.poster).toBeDefined();
    expect(task.pollAfterMs).toBe(10_000);
  });

  it.each(['audio/ogg', 'audio/mp4'])('refuses %s before anything is sent', async (mimeType) => {
    const calls = fake.vendor.accepted.length;
    const wish = request({ script: undefined, audio: { ...audio(), mimeType } });
    await expect(provider().generate(wish, work)).rejects.toMatchObject({ kind: 'rejected' });
    expect(fake.vendor.accepted).toHaveLength(calls);
  });

  it('finds the film of a lost submit by its key, over several pages', async () => {
    const films = await Promise.all(
      ['a', 'b', 'c'].map((key) => provider().generate(request({ idempotencyKey: key }), work)),
    );
    expect((await provider().recall(request({ idempotencyKey: 'c' }), work))?.taskId).toBe(films[2]?.taskId);
    expect(await provider().recall(request({ idempotencyKey: 'never-sent' }), work)).toBeUndefined();
  });

  it('a submit that is repeated with its key is the same film', async () => {
    const wish = request();
    const first = await provider().generate(wish, work);
    expect((await provider().generate(wish, work)).taskId).toBe(first.taskId);
  });

  it.each([
    [{ kind: 'working', progress: 0.5 }, 'unknown', 0],
    [{ kind: 'done' }, 'charged', 1],
    [{ kind: 'failed', code: 'internal_error' }, 'stopped', 1],
  ] as const)('cancels a film that is %j: %s', async (step, outcome, left) => {
    fake.tasks.plan(step);
    const { taskId } = await provider().generate(request(), work);
    expect(await provider().cancel(taskId, work)).toBe(outcome);
    expect(fake.tasks.size).toBe(left);
  });

  it('is missing without presenters, and says which setting names them', async () => {
    const alone = provider({ presenters: '' });
    expect(alone.configured()).toBe(false);
    expect(await alone.health()).toEqual({ status: 'missing', detail: 'HEYGEN_PRESENTERS names no avatar' });
  });
});
