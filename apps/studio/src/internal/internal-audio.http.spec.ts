import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import type { TestService } from '@eventzr/testing';
import { startService, testServiceKey } from '@eventzr/testing';
import { wavOf } from '../providers/local/speech/wav.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const TTS = '/studio/v1/internal/audio/tts';
const TRANSCRIBE = '/studio/v1/internal/audio/transcribe';
const RECORDINGS = '/studio/v1/internal/audio/recordings';
const ESTIMATES = '/studio/v1/internal/estimates';
const TENANT = '00000000-0000-0000-0000-000000000001';
const USER = '00000000-0000-4000-8000-000000000104';
const TEXT = 'Book the hotel for forty people in the city.';

describe('internal audio', () => {
  let app: TestService;
  let scene: Scene;
  let authorization: string;

  beforeAll(async () => {
    app = await startService(studio);
    scene = new Scene(app);
    authorization = await app.tokens.bearer({ userId: USER });
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  async function parent(service: 'aibrain' | 'vault' = 'aibrain', userId = USER, maxMicroUsd = 1_000) {
    const [id, operationId] = [newId(), newId()];
    const answer = await fetch(`${app.wallet.url}/wallet/v1/internal/holds`, {
      method: 'POST',
      headers: {
        'x-service-name': service,
        'x-service-key': testServiceKey(service),
        'x-request-id': id,
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      },
      body: JSON.stringify({
        ...{ id, tenantId: TENANT, userId, roles: ['user'], walletChoice: null },
        ...{ operation: 'voice.orchestrate', referenceId: operationId, amount: 10 },
        deadline: new Date().toISOString(),
      }),
    });
    expect(answer.status).toBe(201);
    return {
      'x-parent-operation': operationId,
      'x-parent-hold': id,
      'x-parent-max-micro-usd': String(maxMicroUsd),
    };
  }

  const post = (path: string, headers: Record<string, string>) =>
    app
      .internal()
      .post(path)
      .set({ authorization, ...headers });

  it('speaks at once, keeps the sound as the user’s asset, takes no hold, and repeats itself', async () => {
    const headers = { ...(await parent()), 'idempotency-key': 'turn-1' };
    const holds = app.wallet.taken.length;
    const first = await post(TTS, headers).send({ text: TEXT, format: 'wav' });
    expect([first.status, first.body.error]).toEqual([200, null]);
    const { audio, ...rest } = first.body.data;
    expect(rest).toMatchObject({ costUsd: 0.0001, credits: 10, provider: 'local', model: 'flite' });
    expect(audio).toMatchObject({ format: 'wav', durationMs: expect.any(Number) });
    expect((await post(TTS, headers).send({ text: TEXT, format: 'wav' })).text).toBe(first.text);
    expect(app.wallet.taken).toHaveLength(holds);

    const sound = await fetch(audio.url.replace(/^https?:\/\/[^/]+/, app.url));
    expect(Number(sound.headers.get('content-length'))).toBe(audio.bytes);
    expect(await sound.text()).toContain('digitalsourcetype/algorithmicMedia');
    const user = await app.as({ userId: USER });
    const jobs = (await user.get('/studio/v1/render-jobs')).body.data;
    expect(jobs).toMatchObject([{ type: 'tts', status: 'succeeded', creditsReserved: 0, creditsCharged: 0 }]);
    expect((await app.drainJobs()) + (await scene.sweep('sweep-stuck')).succeeded).toBe(0);

    const heard = await post(TRANSCRIBE, await parent()).send({ assetId: audio.assetId });
    expect(heard.body.data.transcript.text).toContain('forty people in the city');
  });

  it('writes down what comes as base64, as a form and as silence', async () => {
    const audio = wavOf({ samples: new Int16Array(16_000), sampleRate: 16_000 });
    const answers = [
      await post(TRANSCRIBE, await parent()).send({ audioBase64: audio.toString('base64'), format: 'wav' }),
      await post(TRANSCRIBE, await parent())
        .field('languageHint', 'en-US')
        .attach('file', audio, 'x.wav'),
    ];
    for (const { status, body } of answers) {
      expect([status, body.error]).toEqual([200, null]);
      expect(body.data).toMatchObject({
        transcript: { text: '', confidence: 0, segments: [] },
        durationMs: 1_000,
        costUsd: 0.0001,
        provider: 'local',
        model: 'pocketsphinx',
      });
    }
  });

  it('takes a recording in without a hold, tells its length, and writes it down for its user alone', async () => {
    const audio = wavOf({ samples: new Int16Array(24_000), sampleRate: 16_000 });
    const takeIn = () => post(RECORDINGS, { 'idempotency-key': 'take-in' }).attach('file', audio, 'x.wav');
    const { body } = await takeIn();
    expect(body.data).toMatchObject({ mimeType: 'audio/wav', bytes: audio.length, durationMs: 1_500 });
    const { recordingId } = body.data;
    expect((await takeIn()).body.data.recordingId).toBe(recordingId);
    const heard = await post(TRANSCRIBE, await parent()).send({ recordingId });
    expect(heard.body.data).toMatchObject({ transcript: { text: '' }, durationMs: 1_500, credits: 10 });
    const both = await post(TRANSCRIBE, await parent()).send({ recordingId, assetId: recordingId });
    expect(both.body.error.code).toBe('STUDIO_1700');

    const stranger = '00000000-0000-4000-8000-000000000105';
    const theirs = await post(TRANSCRIBE, {
      ...(await parent('aibrain', stranger)),
      authorization: await app.tokens.bearer({ userId: stranger }),
    }).send({ recordingId });
    expect([theirs.status, theirs.body.error.code]).toEqual([404, 'STUDIO_2000']);
  });

  it.each([
    ['a file that is no sound', 415, 'STUDIO_1703', Buffer.from('words, not sounds')],
    ['an empty file', 400, 'STUDIO_1700', Buffer.alloc(0)],
    [
      'eleven minutes',
      413,
      'STUDIO_1701',
      wavOf({ samples: new Int16Array(660 * 8_000), sampleRate: 8_000 }),
    ],
  ])('does not take in %s', async (_what, status, code, file) => {
    const refused = await post(RECORDINGS, {}).attach('file', file, 'x.wav');
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
  });

  it('works for the hold of the caller and the user alone, within its ceiling', async () => {
    const refused = async (headers: Record<string, string>, path = TTS, body: object = { text: TEXT }) => {
      const answer = await post(path, headers).send(body);
      return [answer.status, answer.body.error.code];
    };
    const closed = [409, 'STUDIO_1210'];
    expect(await refused(await parent('vault'))).toEqual(closed);
    expect(await refused(await parent('aibrain', '00000000-0000-4000-8000-000000000105'))).toEqual(closed);
    expect(await refused({ ...(await parent()), 'x-parent-hold': newId() })).toEqual(closed);
    expect(await refused(await parent('vault'), TRANSCRIBE, { audioUrl: 'https://example.com/x' })).toEqual(
      closed,
    );
    expect(await refused(await parent('aibrain', USER, 99))).toEqual([402, 'BUDGET_EXCEEDED']);
    expect(await refused({})).toEqual([400, 'VALIDATION_FAILED']);
    expect(await refused(await parent(), TTS, { text: '' })).toEqual([400, 'STUDIO_1200']);
  });

  it('is open to aibrain with a user’s token only, and never on the public port', async () => {
    const headers = await parent();
    expect(
      (
        await app
          .internal('vault')
          .post(TTS)
          .set({ authorization, ...headers })
          .send({ text: TEXT })
      ).status,
    ).toBe(403);
    expect((await app.internal().post(TTS).set(headers).send({ text: TEXT })).status).toBe(401);
    expect(
      (
        await app
          .request()
          .post(TTS)
          .set({ authorization, ...headers })
          .send({ text: TEXT })
      ).status,
    ).toBe(404);
  });

  it.each([
    ['audio.tts', { text: TEXT }, { credits: 10, maxCostMicroUsd: 100, provider: 'local' }],
    ['audio.transcribe', { durationSeconds: 30 }, { credits: 10, maxCostUsd: 0.0001 }],
    ['audio.transcribe', {}, { credits: 100 }],
  ])('bounds %s of %j', async (operation, request, expected) => {
    const { status, body } = await post(ESTIMATES, {}).send({ operation, request });
    expect(status).toBe(200);
    expect(body.data).toMatchObject(expected);
  });

  it('does not bound what it does not know', async () => {
    const { status, body } = await post(ESTIMATES, {}).send({ operation: 'nothing', request: {} });
    expect([status, body.error.code]).toEqual([400, 'STUDIO_1800']);
  });
});
