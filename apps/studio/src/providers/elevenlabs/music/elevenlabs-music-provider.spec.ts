import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itIsAMusicProvider, musicRequest } from '../../music-provider.conformance.js';
import type { FaultRow } from '../../vendor/vendor-faults.conformance.js';
import { itTellsFaultsApart } from '../../vendor/vendor-faults.conformance.js';
import { FFMPEG_IS_HERE } from '../../vendor/vendor-media.fake.js';
import { type FakeElevenLabsMusic, startFakeElevenLabsMusic } from './elevenlabs-music.fake.js';
import { type ElevenLabsMusicOptions, ElevenLabsMusicProvider } from './elevenlabs-music-provider.js';

let fake: FakeElevenLabsMusic;
const work = { signal: new AbortController().signal };
const provider = (options: ElevenLabsMusicOptions = {}): ElevenLabsMusicProvider =>
  new ElevenLabsMusicProvider({
    apiKey: fake.apiKey,
    baseUrl: fake.vendor.origin,
    timeoutMs: 5_000,
    ...options,
  });
const detail = (status: number, code: string, kind: FaultRow[2], retried: boolean): FaultRow => [
  `${status} ${code}`,
  { kind: 'status', status, body: { detail: { status: code, message: 'no' } } },
  kind,
  retried,
];

beforeAll(async () => {
  fake = await startFakeElevenLabsMusic();
});
afterAll(() => fake.vendor.close());

(FFMPEG_IS_HERE ? describe : describe.skip)('ElevenLabsMusicProvider (needs ffmpeg)', () => {
  itIsAMusicProvider(() => provider());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: (changes) => provider(changes),
    request: () => musicRequest(),
    rows: [
      detail(400, 'quota_exceeded', 'auth', false),
      detail(401, 'quota_exceeded', 'auth', false),
      detail(400, 'bad_prompt', 'moderated', false),
      detail(429, 'too_many_concurrent_requests', 'rate_limited', true),
      detail(429, 'system_busy', 'rate_limited', true),
      ['200 with JSON', { kind: 'status', status: 200, body: {} }, 'unknown_outcome', false],
    ],
  });

  it('asks for a signed track of the wished length', async () => {
    await provider().generate(musicRequest({ durationSeconds: 90 }), work);
    expect(fake.vendor.accepted.at(-1)?.body).toEqual({
      prompt: 'a calm piano piece for a garden party. classical. calm',
      music_length_ms: 90_000,
      model_id: 'music_v2_5',
      force_instrumental: true,
      sign_with_c2pa: true,
    });
  });

  it('cuts a prompt that is longer than the vendor takes between signs', async () => {
    const { limits } = await provider().generate(musicRequest({ prompt: `x${'🎉'.repeat(2_100)}` }), work);
    expect(fake.vendor.accepted.at(-1)?.body?.['prompt']).toBe(`x${'🎉'.repeat(2_049)}`);
    expect(limits).toContain('only 4100 characters of the prompt were used');
  });

  it('says that it delivers MP3 whatever was wished', async () => {
    const track = await provider().generate(musicRequest({ format: 'ogg' }), work);
    expect(track.limits).toContain('delivered as signed MP3, not ogg');
  });
});
