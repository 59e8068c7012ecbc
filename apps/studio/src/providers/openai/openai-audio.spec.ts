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
import { type FakeOpenAiAudio, startFakeOpenAiAudio } from './openai-audio.fake.js';
import { OpenAiSpeechProvider } from './openai-speech-provider.js';
import { OpenAiTranscriptProvider } from './openai-transcript-provider.js';

let fake: FakeOpenAiAudio;
const work = { signal: new AbortController().signal };
const tools = new MediaTools();
const access = (changes: VendorOptions = {}) => ({
  apiKey: fake.apiKey,
  baseUrl: fake.vendor.origin,
  timeoutMs: 5_000,
  ...changes,
});
const speech = (changes?: VendorOptions) => new OpenAiSpeechProvider({ tools, ...access(changes) });
const transcripts = (changes?: VendorOptions) => new OpenAiTranscriptProvider(access(changes));
const said = (changes: Partial<SpeechRequest> = {}): SpeechRequest => ({
  ...{ text: 'See you there.', language: 'en-US', voice: 'openai-nova', format: 'mp3' },
  ...{ speed: 1, seed: 7, idempotencyKey: 'job-1/0' },
  ...changes,
});
const heard = (): TranscriptRequest => ({
  ...{ audio: fakeTrack(), mimeType: 'audio/mpeg', durationMs: 1_000 },
  ...{ seed: 7, idempotencyKey: 'job-1/0' },
});
const code = (status: number, name: string, kind: FaultRow[2], retried: boolean): FaultRow => [
  `${status} ${name}`,
  { kind: 'status', status, body: { error: { code: name, message: 'no' } } },
  kind,
  retried,
];
const ROWS = [
  code(429, 'insufficient_quota', 'auth', false),
  code(400, 'content_policy_violation', 'moderated', false),
];

beforeAll(async () => {
  fake = await startFakeOpenAiAudio();
});
afterAll(() => fake.vendor.close());

describe('OpenAiSpeechProvider', () => {
  itIsASpeechProvider(() => speech());
  itTellsFaultsApart({ fake: () => fake.vendor, make: speech, request: said, rows: ROWS });

  it('takes several calls for a text longer than the vendor allows', async () => {
    const calls = fake.vendor.accepted.length;
    const made = await speech().generate(said({ text: 'We meet at noon. '.repeat(294), speed: 1.5 }), work);
    expect(fake.vendor.accepted.length - calls).toBe(2);
    expect(made.durationMs).toBe(2_000);
    expect(fake.vendor.accepted.at(-1)?.body).toMatchObject({
      model: 'gpt-4o-mini-tts',
      voice: 'nova',
      response_format: 'pcm',
      speed: 1.5,
    });
  });
});

describe('OpenAiTranscriptProvider', () => {
  const recording = () => Promise.resolve(heard());
  itIsATranscriptProvider(() => transcripts(), recording);
  itTellsFaultsApart({ fake: () => fake.vendor, make: transcripts, request: heard, rows: ROWS });

  it('tells the language, the times and how sure the vendor is', async () => {
    const { text, language, confidence, segments } = await transcripts().generate(heard(), work);
    expect([text, language, confidence]).toEqual(['Book it.', 'en', 0.819]);
    expect(segments[0]?.words?.map(({ word, startMs }) => [word, startMs])).toEqual([
      ['Book', 100],
      ['it', 400],
    ]);
  });
});
