import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PendingTask } from '../media-provider.js';
import { finished } from '../media-provider.conformance.js';
import { itIsATranscriptProvider } from '../transcript-provider.conformance.js';
import type { TranscriptRequest } from '../transcript-provider.js';
import { type FaultRow, faultOfPromise, itTellsFaultsApart } from '../vendor/vendor-faults.conformance.js';
import { fakeTrack } from '../vendor/vendor-media.fake.js';
import { AwsTranscribeProvider } from './aws-transcribe-provider.js';
import { type FakeTranscribe, startFakeTranscribe, transcribeError } from './transcribe.fake.js';

let fake: FakeTranscribe;
let asked = 0;
const work = { signal: new AbortController().signal };
const transcribe = (
  changes: { apiKey?: string; timeoutMs?: number; baseUrl?: string; bucket?: string } = {},
) =>
  new AwsTranscribeProvider({
    region: 'eu-west-1',
    bucket: changes.bucket ?? fake.bucket,
    accessKeyId: changes.apiKey ?? fake.accessKeyId,
    secretAccessKey: 'secret-of-specs',
    endpoint: changes.baseUrl ?? fake.vendor.origin,
    storageEndpoint: fake.storage.origin,
    timeoutMs: changes.timeoutMs ?? 5_000,
  });
const heard = (changes: Partial<TranscriptRequest> = {}): TranscriptRequest => {
  asked += 1;
  return {
    ...{ audio: fakeTrack(), mimeType: 'audio/mpeg', durationMs: 1_000, languageHint: 'en-US' },
    ...{ seed: 7, idempotencyKey: `job-${asked}/0` },
    ...changes,
  };
};
const row = (status: number, type: string, kind: FaultRow[2], retried: boolean): FaultRow => [
  `${status} ${type}`,
  { kind: 'status', ...transcribeError(status, type) },
  kind,
  retried,
];

beforeAll(async () => {
  fake = await startFakeTranscribe();
});
beforeEach(() => {
  fake.jobs.clear();
  fake.vendor.calm();
  fake.storage.calm();
});
afterAll(async () => {
  await fake.vendor.close();
  await fake.storage.close();
});

describe('AwsTranscribeProvider', () => {
  itIsATranscriptProvider(
    () => transcribe(),
    () => Promise.resolve(heard()),
  );
  itTellsFaultsApart({
    fake: () => fake.vendor,
    make: transcribe,
    request: heard,
    rows: [
      row(400, 'LimitExceededException', 'rate_limited', true),
      row(400, 'ThrottlingException', 'rate_limited', true),
      row(400, 'BadRequestException', 'rejected', false),
      row(400, 'AccessDeniedException', 'auth', false),
      row(500, 'InternalFailureException', 'unknown_outcome', false),
    ],
  });

  it('puts punctuation to its word, and keeps each word’s time and confidence', async () => {
    const { segments, confidence, text } = await finished(transcribe(), heard());
    expect([text, confidence]).toEqual(['Book it. Now, please', 0.85]);
    expect(segments.map(({ text: said, startMs, endMs }) => [said, startMs, endMs])).toEqual([
      ['Book it.', 100, 500],
      ['Now, please', 600, 950],
    ]);
    expect(segments[0]?.words?.[1]).toEqual({ word: 'it.', startMs: 300, endMs: 500, confidence: 0.8 });
  });

  it.each([
    ['en-IN', 'en-IN'],
    ['de', 'de-DE'],
    ['pt-AO', 'pt-BR'],
  ])('asks for the hint %s as %s', async (languageHint, code) => {
    await transcribe().generate(heard({ languageHint }), work);
    expect(fake.vendor.accepted.at(-1)?.body).toMatchObject({ LanguageCode: code });
  });

  it('lets the vendor find the language where there is no hint, and says which', async () => {
    const { languageHint: _none, ...request } = heard();
    const { language } = await finished(transcribe(), request);
    const start = fake.vendor.accepted.findLast(({ body }) => 'Media' in body);
    expect(start?.body).toMatchObject({ IdentifyLanguage: true, MediaFormat: 'mp3' });
    expect(language).toBe('en-GB');
  });

  it.each([
    ['a language', { languageHint: 'tlh' }],
    ['a format', { mimeType: 'audio/aac' }],
  ])('rejects %s that the vendor does not take before anything is stored', async (_what, changes) => {
    const calls = fake.storage.accepted.length;
    expect((await faultOfPromise(transcribe().generate(heard(changes), work))).kind).toBe('rejected');
    expect(fake.storage.accepted).toHaveLength(calls);
  });

  it('a second submit adopts the first one’s job', async () => {
    const request = heard();
    const first = await transcribe().generate(request, work);
    const second = await transcribe().generate(request, work);
    expect(second).toEqual(first);
    expect(fake.jobs.size).toBe(1);
  });

  it('finds a lost submit by our key, and says so where there is none', async () => {
    const request = heard();
    expect(transcribe().recalls()).toBe(true);
    expect(await transcribe().recall(request, work)).toBeUndefined();
    const task = await transcribe().generate(request, work);
    expect(await transcribe().recall(request, work)).toEqual(task);
  });

  it('removes the recording when it was heard, and can be asked again', async () => {
    const request = heard();
    const task = await transcribe().generate(request, work);
    const recording = `eventzr-transcripts/${task.taskId}/recording`;
    expect(fake.keys()).toContain(recording);
    expect(await transcribe().poll(task.taskId, request, work)).toBeInstanceOf(PendingTask);
    const first = await transcribe().poll(task.taskId, request, work);
    expect(fake.keys()).not.toContain(recording);
    expect(await transcribe().poll(task.taskId, request, work)).toEqual(first);
  });

  it('a job that failed is rejected, and its recording removed', async () => {
    const request = heard();
    fake.plan('FAILED');
    const { taskId } = await transcribe().generate(request, work);
    const fault = await faultOfPromise(transcribe().poll(taskId, request, work));
    expect([fault.kind, fault.status]).toEqual(['rejected', 200]);
    expect(fake.keys().filter((key) => key.includes(taskId))).toEqual([]);
  });

  it.each([
    ['QUEUED', 'unknown'],
    ['COMPLETED', 'charged'],
    ['FAILED', 'stopped'],
  ])('a cancel of a job that is %s: %s, and nothing stays', async (state, outcome) => {
    fake.plan(state);
    const { taskId } = await transcribe().generate(heard(), work);
    expect(await transcribe().cancel(taskId, work)).toBe(outcome);
    expect([...fake.jobs.keys(), ...fake.keys().filter((key) => key.includes(taskId))]).toEqual([]);
  });

  it.each([
    ['500', { kind: 'status', status: 500 }, 'unavailable'],
    ['a broken connection', { kind: 'break' }, 'unavailable'],
    ['503', { kind: 'status', status: 503 }, 'unavailable'],
  ] as const)('a bucket with %s: nothing was billed, so that it is tried again', async (_what, how, kind) => {
    fake.storage.misbehave(how);
    const calls = fake.vendor.accepted.length;
    expect((await faultOfPromise(transcribe().generate(heard(), work))).kind).toBe(kind);
    expect(fake.vendor.accepted).toHaveLength(calls);
  });

  it('a bucket that is not there is a matter of the account', async () => {
    expect((await faultOfPromise(transcribe({ bucket: 'elsewhere' }).generate(heard(), work))).kind).toBe(
      'auth',
    );
  });

  it.each(['500', 'break'])('a look that ends in %s may be repeated', async (how) => {
    const request = heard();
    const { taskId } = await transcribe().generate(request, work);
    fake.vendor.misbehave(how === 'break' ? { kind: 'break' } : { kind: 'status', status: 500 });
    expect((await faultOfPromise(transcribe().poll(taskId, request, work))).kind).toBe('unavailable');
  });

  it('a job that nobody knows: rejected', async () => {
    expect((await faultOfPromise(transcribe().poll('no-such-job', heard(), work))).kind).toBe('rejected');
  });
});
