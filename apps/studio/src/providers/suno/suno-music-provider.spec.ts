import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { finished } from '../media-provider.conformance.js';
import { itIsAMusicProvider, musicRequest } from '../music-provider.conformance.js';
import type { FaultRow } from '../vendor/vendor-faults.conformance.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { FFMPEG_IS_HERE } from '../vendor/vendor-media.fake.js';
import { itFollowsTasks } from '../vendor/vendor-task.conformance.js';
import { type FakeSuno, startFakeSuno } from './suno.fake.js';
import { SunoMusicProvider, type SunoOptions } from './suno-music-provider.js';

let fake: FakeSuno;
const work = { signal: new AbortController().signal };
const provider = (options: SunoOptions = {}): SunoMusicProvider =>
  new SunoMusicProvider({ apiKey: fake.apiKey, baseUrl: fake.vendor.origin, timeoutMs: 5_000, ...options });

/** A refusal inside a friendly 200, and the same with the number as HTTP status too. */
function coded(code: number, kind: FaultRow[2], retried: boolean): FaultRow[] {
  const body = { code, msg: 'no', data: null };
  return [
    [`200 with code ${code}`, { kind: 'status', status: 200, body }, kind, retried],
    [`HTTP ${code} with code ${code}`, { kind: 'status', status: code, body }, kind, retried],
  ];
}

beforeAll(async () => {
  fake = await startFakeSuno();
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('SunoMusicProvider (needs ffmpeg)', () => {
  itIsAMusicProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => musicRequest(),
    rows: [
      ...coded(400, 'rejected', false),
      ...coded(401, 'auth', false),
      ...coded(404, 'rejected', false),
      ...coded(405, 'rate_limited', true),
      ...coded(413, 'rejected', false),
      ...coded(429, 'auth', false),
      ...coded(430, 'rate_limited', true),
      ...coded(455, 'unavailable', true),
      ...coded(500, 'unknown_outcome', false),
      ['200 without a code', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false],
    ],
  });
  itFollowsTasks({
    vendor: () => fake.vendor,
    tasks: () => fake.tasks,
    make: () => provider(),
    request: () => musicRequest(),
    progress: [
      [{ kind: 'waiting' }, undefined],
      [{ kind: 'working', progress: 0.5 }, undefined],
    ],
    failures: [
      ['SENSITIVE_WORD_ERROR', 'moderated', false],
      ['CREATE_TASK_FAILED', 'unavailable', true],
      ['GENERATE_AUDIO_FAILED', 'unavailable', true],
    ],
  });

  it('asks for what was wished, and keeps the first of the two tracks', async () => {
    const track = await finished(provider(), musicRequest({ format: 'wav' }), work);
    expect(track).toMatchObject({ title: 'One', mimeType: 'audio/mpeg' });
    expect(track.limits).toContain('the vendor delivers MP3, not wav');
    expect(fake.vendor.accepted.find(({ method }) => method === 'POST')?.body).toEqual({
      customMode: false,
      instrumental: true,
      model: 'V5',
      prompt: 'a calm piano piece for a garden party. classical. calm',
      callBackUrl: 'https://callback.invalid/',
    });
  });

  it('has the music though the vendor could not call back', async () => {
    fake.tasks.plan({ kind: 'failed', code: 'CALLBACK_EXCEPTION' });
    await expect(finished(provider(), musicRequest(), work)).resolves.toMatchObject({ title: 'One' });
  });

  it('cuts a prompt that is longer than the vendor takes, and says so', async () => {
    const track = await finished(provider(), musicRequest({ prompt: 'x'.repeat(600) }), work);
    expect(track.limits).toContain('only 500 characters of the prompt were used');
  });

  it('cuts it between signs', async () => {
    await finished(provider(), musicRequest({ prompt: `x${'🎉'.repeat(300)}` }), work);
    const sent = fake.vendor.accepted
      .map(({ body }) => body?.['prompt'])
      .filter((each) => each !== undefined);
    expect(sent.at(-1)).toBe(`x${'🎉'.repeat(249)}`);
  });

  it('cannot stop a task', async () => {
    expect(await provider().cancel('task-1', work)).toBe('unknown');
  });
});
