import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { finished } from '../media-provider.conformance.js';
import { PendingTask } from '../media-provider.js';
import { fakePicture, FFMPEG_IS_HERE } from '../vendor/vendor-media.fake.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { itIsAVideoProvider, videoRequest } from '../video-provider.conformance.js';
import { heyGenFilmLimits } from './heygen-film-request.js';
import { type FakeHeyGenVideo, startFakeHeyGenVideo } from './heygen-video.fake.js';
import { HeyGenVideoProvider, type HeyGenVideoOptions } from './heygen-video-provider.js';

let fake: FakeHeyGenVideo;
const work = { signal: new AbortController().signal };
const provider = (options: HeyGenVideoOptions = {}): HeyGenVideoProvider =>
  new HeyGenVideoProvider({
    apiKey: fake.apiKey,
    baseUrl: fake.vendor.origin,
    timeoutMs: 5_000,
    ...options,
  });
const lastFilm = (): Record<string, unknown> | undefined =>
  fake.vendor.accepted.findLast(({ method }) => method === 'POST')?.body;
const pictures = (count: number): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, () => fakePicture(64, 64)));

beforeAll(async () => {
  fake = await startFakeHeyGenVideo();
});
/** The vendor makes one film per key, and all requests of these specs have the same. */
beforeEach(() => {
  for (const id of fake.tasks.ids()) fake.tasks.drop(id);
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('HeyGenVideoProvider (needs ffmpeg)', () => {
  itIsAVideoProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => videoRequest(),
    rows: [
      ['202 without a film', { kind: 'status', status: 202, body: { data: {} } }, 'unknown_outcome', false],
      [
        '409 while the first submit is under way',
        { kind: 'status', status: 409, body: { error: { code: 'request_in_progress' } } },
        'unavailable',
        true,
      ],
      [
        'a refusal by moderation',
        { kind: 'status', status: 400, body: { error: { code: 'content_policy_violation' } } },
        'moderated',
        false,
      ],
      [
        '429 for want of quota',
        { kind: 'status', status: 429, body: { error: { code: 'quota_exceeded' } } },
        'auth',
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
      ['Blocked by our content policy.', 'moderated', false],
      ['The renderer gave up.', 'rejected', false],
    ],
  });

  it.each([
    [3, '480p', '16:9', { duration: 5, resolution: '480p' }],
    [12, '720p', '9:16', { duration: 12, resolution: '768p' }],
    [60, '1080p', '16:9', { duration: 15, resolution: '1080p' }],
    [15, '1080p', '1:1', { duration: 15, resolution: '768p' }],
  ] as const)('asks for %i s at %s in %s as the vendor can', async (seconds, resolution, aspect, asked) => {
    await provider().generate(videoRequest({ durationSeconds: seconds, resolution, aspect }), work);
    expect(lastFilm()).toMatchObject({ mode: 'text_to_video', aspect_ratio: aspect, ...asked });
  });

  it('says how large the film is that it really makes', async () => {
    const film = await finished(provider(), videoRequest({ resolution: '1080p', aspect: '1:1' }), work);
    expect([film.width, film.height]).toEqual([768, 768]);
    expect(film.limits).toContain('made at 768x768, what the vendor offers for 1:1 at 1080p');
  });

  it('begins with a single picture, cut to the proportions of the film', async () => {
    const film = await finished(
      provider(),
      videoRequest({ images: await pictures(1), aspect: '9:16' }),
      work,
    );
    const { mode, image } = lastFilm() as { mode: string; image: { data: string } };
    expect(mode).toBe('image_to_video');
    expect(await sharp(Buffer.from(image.data, 'base64')).metadata()).toMatchObject({
      width: 480,
      height: 832,
    });
    expect([film.width, film.height]).toEqual([480, 832]);
  });

  it('is guided by several pictures, nine at most', async () => {
    const film = await finished(provider(), videoRequest({ images: await pictures(10) }), work);
    expect(lastFilm()).toMatchObject({ mode: 'reference_to_video', aspect_ratio: '16:9' });
    expect(lastFilm()?.['reference_images']).toHaveLength(9);
    expect(String(lastFilm()?.['prompt'])).toContain('<Picture 9>.');
    expect(film.limits).toContain('only the first 9 pictures were used');
  });

  it('asks for voice and music in words, and the words cannot leave their quotation marks', async () => {
    const wish = { voiceover: 'Say "yes" with us', music: true };
    await provider().generate(videoRequest(wish), work);
    const prompt = String(lastFilm()?.['prompt']);
    expect(prompt).toContain('says: "Say ’yes’ with us"');
    expect(prompt).toContain('music that suits the scene plays');
  });

  it.each([
    ['standard', 'disabled'],
    ['high', 'quality'],
  ] as const)('lets the vendor rewrite a prompt of %s quality: %s', async (quality, prompt_enhancement) => {
    await provider().generate(videoRequest({ quality }), work);
    expect(lastFilm()).toMatchObject({ prompt_enhancement });
  });

  it('sends its key, where to call back, and the longest texts that callers may write', async () => {
    const callbackUrl = 'https://studio.example/callbacks/1';
    const wish = { prompt: 'x'.repeat(4_000), voiceover: 'y'.repeat(2_000), idempotencyKey: 'key-1' };
    await provider().generate(videoRequest(wish), { ...work, callbackUrl });
    expect(lastFilm()).toMatchObject({ callback_id: 'key-1', callback_url: callbackUrl, seed: 42 });
    expect(fake.vendor.accepted.at(-1)?.headers['idempotency-key']).toBe('key-1');
  });

  it.each([0, 1])(
    'finds the film of a lost answer by its key, whether %i submits arrived',
    async (arrived) => {
      for (let submits = 0; submits < arrived; submits += 1) await provider().generate(videoRequest(), work);
      const found = await provider().recall(videoRequest(), work);
      expect(found).toBeInstanceOf(PendingTask);
      expect(fake.tasks.ids()).toEqual([found.taskId]);
      expect(provider().recalls()).toBe(true);
      expect(provider().resubmit).toBe('billed');
    },
  );

  it.each([
    [{ kind: 'waiting' }, 'unknown'],
    [{ kind: 'done' }, 'charged'],
    [{ kind: 'cancelled' }, 'stopped'],
    [{ kind: 'failed', code: 'The renderer gave up.' }, 'stopped'],
  ] as const)('can stop nothing, but tells what became of a film that is %j: %s', async (step, outcome) => {
    fake.tasks.plan(step);
    const { taskId } = await provider().generate(videoRequest(), work);
    expect(await provider().cancel(taskId, work)).toBe(outcome);
  });

  it('says what the vendor does not do', () => {
    const wish = { durationSeconds: 30, voiceover: 'Hello', music: true, quality: 'high' } as const;
    expect(heyGenFilmLimits(videoRequest(wish))).toEqual([
      'the same seed gives a similar film, not the same one',
      'made at 832x480, what the vendor offers for 16:9 at 480p',
      '15 s long instead of 30 s: the vendor makes 5 to 15 s',
      'the vendor wrote the prompt out in more words before it made the film',
      'the vendor always makes sounds of the scene, they cannot be switched off',
      'the voice-over is asked for in the prompt: the vendor may change its words or leave some out',
      'the music is asked for in the prompt: the vendor may leave it out',
    ]);
  });
});
