import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MediaTools } from '../local/media-tools/ffmpeg.js';
import type { SpeechRequest } from '../speech-provider.js';
import { itIsASpeechProvider } from '../speech-provider.conformance.js';
import { itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import type { FaultRow } from '../vendor/vendor-faults.conformance.js';
import { PollySpeechProvider } from './polly-speech-provider.js';
import { awsError, type FakePolly, startFakePolly } from './polly.fake.js';

let fake: FakePolly;
const work = { signal: new AbortController().signal };
const polly = (changes: { apiKey?: string; timeoutMs?: number; baseUrl?: string } = {}) =>
  new PollySpeechProvider({
    region: 'eu-west-1',
    accessKeyId: changes.apiKey ?? fake.accessKeyId,
    secretAccessKey: 'secret-of-specs',
    endpoint: changes.baseUrl ?? fake.vendor.origin,
    timeoutMs: changes.timeoutMs ?? 5_000,
    tools: new MediaTools(),
  });
const said = (changes: Partial<SpeechRequest> = {}): SpeechRequest => ({
  ...{ text: 'See you there.', language: 'en-US', voice: 'polly-joanna', format: 'mp3' },
  ...{ speed: 1, seed: 7, idempotencyKey: 'job-1/0' },
  ...changes,
});
const row = (status: number, type: string, kind: FaultRow[2], retried: boolean): FaultRow => [
  `${status} ${type}`,
  { kind: 'status', ...awsError(status, type) },
  kind,
  retried,
];

beforeAll(async () => {
  fake = await startFakePolly();
});
afterAll(() => fake.vendor.close());

describe('PollySpeechProvider', () => {
  itIsASpeechProvider(() => polly());
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: polly,
    request: said,
    rows: [
      row(400, 'ThrottlingException', 'rate_limited', true),
      row(400, 'TextLengthExceededException', 'rejected', false),
      row(400, 'ExpiredTokenException', 'auth', false),
      row(500, 'ServiceFailureException', 'unknown_outcome', false),
    ],
  });

  it('escapes the text, and takes several calls for a long one', async () => {
    const calls = fake.vendor.accepted.length;
    const text = `Tom & "Ann" <say> it's <break/> on. ${'We meet at noon. '.repeat(280)}`;
    const made = await polly().generate(said({ text, speed: 1.25, voice: 'polly-amy' }), work);
    expect(fake.vendor.accepted.length - calls).toBe(2);
    expect(made.durationMs).toBe(2_000);
    const [first] = fake.vendor.accepted.slice(calls);
    expect(first?.body).toMatchObject({ Engine: 'neural', VoiceId: 'Amy', LanguageCode: 'en-GB' });
    expect(first?.body['Text']).toContain('rate="125%">Tom &amp; &quot;Ann&quot; &lt;say&gt; it&apos;s');
  });
});
