import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaTools } from '../local/media-tools/ffmpeg.js';
import type { SpeechRequest } from '../speech-provider.js';
import { itIsASpeechProvider } from '../speech-provider.conformance.js';
import { itIsATranscriptProvider } from '../transcript-provider.conformance.js';
import type { TranscriptRequest } from '../transcript-provider.js';
import type { VendorOptions } from '../vendor/vendor-api.js';
import type { FaultRow } from '../vendor/vendor-faults.conformance.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { fakeTrack } from '../vendor/vendor-media.fake.js';
import { ElevenLabsSpeechProvider } from './elevenlabs-speech-provider.js';
import { ElevenLabsTranscriptProvider } from './elevenlabs-transcript-provider.js';
import { type FakeElevenLabsVoice, startFakeElevenLabsVoice } from './elevenlabs-voice.fake.js';

let fake: FakeElevenLabsVoice;
const work = { signal: new AbortController().signal };
const tools = new MediaTools();
const access = (changes: VendorOptions = {}) => ({
  apiKey: fake.apiKey,
  baseUrl: fake.vendor.origin,
  timeoutMs: 5_000,
  ...changes,
});
const speech = (changes?: VendorOptions) => new ElevenLabsSpeechProvider({ tools, ...access(changes) });
const transcripts = (changes?: VendorOptions) => new ElevenLabsTranscriptProvider(access(changes));
const said = (changes: Partial<SpeechRequest> = {}): SpeechRequest => ({
  ...{ text: 'See you there.', language: 'de-DE', voice: 'elevenlabs-sarah', format: 'mp3' },
  ...{ speed: 1, seed: 7, idempotencyKey: 'job-1/0' },
  ...changes,
});
const heard = (): TranscriptRequest => ({
  ...{ audio: fakeTrack(), mimeType: 'audio/mpeg', durationMs: 1_000, languageHint: 'en-US' },
  ...{ seed: 7, idempotencyKey: 'job-1/0' },
});
const detail = (status: number, code: string, kind: FaultRow[2], retried: boolean): FaultRow => [
  `${status} ${code}`,
  { kind: 'status', status, body: { detail: { status: code, message: 'no' } } },
  kind,
  retried,
];
const ROWS = [
  detail(400, 'quota_exceeded', 'auth', false),
  detail(404, 'voice_not_found', 'rejected', false),
  detail(429, 'too_many_concurrent_requests', 'rate_limited', true),
  detail(400, 'content_policy_violation', 'moderated', false),
];

beforeAll(async () => {
  fake = await startFakeElevenLabsVoice();
});
afterAll(() => fake.vendor.close());

describe('ElevenLabsSpeechProvider', () => {
  itIsASpeechProvider(() => speech());
  itTellsFaultsApart({ fake: () => fake.vendor, make: speech, request: said, rows: ROWS });

  it('asks in the vendor’s words, and tells when each word is said', async () => {
    const made = await speech().generate(said({ speed: 2 }), work);
    expect(fake.vendor.accepted.at(-1)?.body).toEqual({
      text: 'See you there.',
      model_id: 'eleven_flash_v2_5',
      language_code: 'de',
      seed: 7,
      voice_settings: { speed: 1.2 },
    });
    expect(made.words).toEqual([
      { word: 'See', startMs: 0, endMs: 60 },
      { word: 'you', startMs: 80, endMs: 140 },
      { word: 'there.', startMs: 160, endMs: 280 },
    ]);
    expect(made.limits.join()).toContain('made at 1.2');
  });

  it('speaks with a cloned voice by the vendor’s id', async () => {
    await speech().generate(said({ voice: 'abcdefghij0123456789' }), work);
    expect(fake.vendor.accepted.at(-1)?.path).toContain('/abcdefghij0123456789/');
  });
});

describe('ElevenLabsTranscriptProvider', () => {
  const recording = () => Promise.resolve(heard());
  itIsATranscriptProvider(() => transcripts(), recording);
  itTellsFaultsApart({ fake: () => fake.vendor, make: transcripts, request: heard, rows: ROWS });

  it('makes stretches of speech of words', async () => {
    const { segments, language, confidence } = await transcripts().generate(heard(), work);
    expect(language).toBe('en');
    expect(confidence).toBeCloseTo(Math.exp(-0.1), 2);
    expect(segments.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['Book it.', 100, 500],
      ['Now', 600, 900],
    ]);
  });
});
