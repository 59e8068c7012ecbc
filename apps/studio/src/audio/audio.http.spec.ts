import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { MediaTools } from '../providers/local/media-tools/ffmpeg.js';
import { probeMedia } from '../providers/local/media-tools/probe.js';
import { withScratch } from '../providers/local/media-tools/scratch.js';
import { wavOf } from '../providers/local/speech/wav.js';
import type { User } from '../scene.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

const TTS = '/studio/v1/audio/tts';
const TRANSCRIBE = '/studio/v1/audio/transcribe';
const tools = new MediaTools();
const { signal } = new AbortController();

describe('audio', () => {
  let app: TestService;
  let scene: Scene;
  let user: User;

  beforeAll(async () => {
    app = await startService(studio);
    scene = new Scene(app);
    user = await app.as();
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  /** The same sound as a browser's MediaRecorder writes it: Opus in WebM, its length told nowhere. */
  function recordedByBrowser(wav: Buffer): Promise<Buffer> {
    const args = ['-v', 'error', '-i', 'pipe:0', '-c:a', 'libopus', '-f', 'webm', '-live', '1', 'pipe:1'];
    return tools.run('ffmpeg', { args, input: wav, signal, timeoutMs: 20_000 });
  }

  async function spoken(wish: object) {
    const { status, body } = await user.post(TTS).send(wish);
    expect([status, body.error]).toEqual([202, null]);
    await scene.work();
    return scene.job(user, body.data.jobId);
  }

  it.each([
    ['mp3', 'mp3'],
    ['ogg', 'opus'],
    ['m4a', 'aac'],
    ['wav', 'pcm_s16le'],
  ])('speaks as %s, charged by the started minutes that it took', async (format, codec) => {
    const job = await spoken({ text: 'Welcome to our garden party.', format });
    expect(job).toMatchObject({ status: 'succeeded', type: 'tts', provider: 'local', creditsCharged: 10 });
    const [asset] = job.assets;
    const content = await fetch(asset.contentUrl.replace(/^https?:\/\/[^/]+/, app.url));
    const bytes = Buffer.from(await content.arrayBuffer());
    const probe = await withScratch(async (directory) => {
      await writeFile(join(directory, 'sound'), bytes);
      return probeMedia(tools, join(directory, 'sound'), signal);
    });
    expect(probe.streams).toMatchObject([{ kind: 'audio', codec }]);
    expect(Math.abs(probe.durationMs - asset.durationMs)).toBeLessThan(100);
    expect(job.output.words.map(({ word }: { word: string }) => word).join(' ')).toBe(
      'Welcome to our garden party.',
    );
  });

  it('holds the longest that the text could take, and gives back what it did not', async () => {
    const text = 'Dinner, drinks, dancing: 12 tables, 120 guests, $18,000. '.repeat(9);
    const { body } = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'audio.tts', request: { text, speed: 1.5 } });
    const job = await spoken({ text, speed: 1.5 });
    expect(job.creditsReserved).toBe(body.data.credits);
    expect(job.creditsCharged).toBe(10 * Math.ceil(job.assets[0].durationMs / 60_000));
    expect(job.creditsCharged).toBeLessThan(job.creditsReserved);
    expect(await scene.holdOf(job.id)).toMatchObject({ state: 'captured', captured: job.creditsCharged });
  });

  it.each([
    ['de-DE', 'Herzlich willkommen zum Sommerfest.', 'espeak-ng'],
    ['hi', 'आपका स्वागत है।', 'espeak-ng'],
    ['en-AU', 'Good evening everybody.', 'flite'],
  ])('speaks %s', async (language, text, model) => {
    const job = await spoken({ text, language, format: 'wav' });
    expect(job.assets[0]).toMatchObject({ type: 'audio', mimeType: 'audio/wav' });
    expect(job.assets[0].provenance).toMatchObject({ generator: model, aiGenerated: true });
  });

  it.each([
    ['STUDIO_1200', 'no text', {}],
    ['STUDIO_1200', 'a blank text', { text: ' ... ' }],
    ['STUDIO_1200', 'too long a text', { text: 'x'.repeat(5_001) }],
    ['STUDIO_1201', 'a language nobody speaks', { text: 'hello', language: 'tlh' }],
    ['STUDIO_1201', 'no language at all', { text: 'hello', language: '!' }],
    ['STUDIO_1201', 'a voice of another language', { text: 'hello', language: 'de', voice: 'flite-slt' }],
    ['STUDIO_1204', 'an unknown voice', { text: 'hello', voice: 'nobody' }],
    ['STUDIO_1205', 'an unknown provider', { text: 'hello', provider: 'nobody' }],
    ['VALIDATION_FAILED', 'a speed of 3', { text: 'hello', speed: 3 }],
    ['VALIDATION_FAILED', 'an unknown format', { text: 'hello', format: 'flac' }],
  ])('400 %s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await user.post(TTS).send(wish);
    expect([status, body.error.code]).toEqual([400, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('a vendor without a key: the local voice stands in and says so', async () => {
    const job = await spoken({ text: 'Hello.', provider: 'elevenlabs' });
    expect(job).toMatchObject({ provider: 'local', requestedProvider: 'elevenlabs' });
  });

  it('writes down what was spoken, from an asset, a link and a form, with subtitles', async () => {
    const speech = await spoken({ text: 'Book the hotel for forty people in the city.', format: 'wav' });
    const [asset] = speech.assets;
    const wav = Buffer.from(
      await (await fetch(asset.contentUrl.replace(/^https?:\/\/[^/]+/, app.url))).arrayBuffer(),
    );
    const receipts = [
      await user.post(TRANSCRIBE).send({ assetId: asset.id, timestamps: 'word' }),
      await user.post(TRANSCRIBE).send({ audioUrl: asset.contentUrl }),
      await user.post(TRANSCRIBE).field('languageHint', 'en-GB').attach('file', wav, 'note.wav'),
      await user.post(TRANSCRIBE).attach('file', await recordedByBrowser(wav), 'note.webm'),
    ];
    expect(receipts.map(({ status, body }) => [status, body.error])).toEqual(receipts.map(() => [202, null]));
    await scene.work();
    for (const { body } of receipts) {
      const job = await scene.job(user, body.data.jobId);
      expect(job).toMatchObject({ status: 'succeeded', type: 'transcription', creditsCharged: 10 });
      expect(job.output.text).toContain('forty people in the city');
      expect(job.output).toMatchObject({ language: 'en-US', confidence: expect.any(Number) });
      expect(job.output.limits.join()).toContain('English only');
      const types = job.assets.map(({ mimeType }: { mimeType: string }) => mimeType).sort();
      expect(types).toEqual(['application/json', 'application/x-subrip', 'text/vtt']);
    }
    const [byWord, bySegment] = await Promise.all(
      receipts.map(({ body }) => scene.job(user, body.data.jobId)),
    );
    expect(byWord.output.segments[0].words.length).toBeGreaterThan(5);
    expect(bySegment.output.segments[0].words).toBeUndefined();
  });

  it('silence comes to an empty text without confidence', async () => {
    const wav = wavOf({ samples: new Int16Array(16_000), sampleRate: 16_000 });
    const { body } = await user.post(TRANSCRIBE).attach('file', wav, 'silence.wav');
    await scene.work();
    const job = await scene.job(user, body.data.jobId);
    expect(job).toMatchObject({ status: 'succeeded', output: { text: '', confidence: 0, segments: [] } });
  });

  it.each([
    [400, 'STUDIO_1700', 'no recording', {}],
    [
      400,
      'STUDIO_1700',
      'two recordings',
      { audioUrl: 'https://example.com/x', assetId: '019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e' },
    ],
    [404, 'STUDIO_2000', 'an asset that is not there', { assetId: '019a9d3e-6c11-7d0a-8f5e-3b0f6a1c2d4e' }],
    [
      400,
      'STUDIO_1201',
      'a language that is not understood here',
      { languageHint: 'de-DE', audioUrl: 'https://example.com/x' },
    ],
    [400, 'STUDIO_1205', 'an unknown provider', { provider: 'nobody', audioUrl: 'https://example.com/x' }],
    [
      415,
      'STUDIO_1703',
      'what is no recording',
      { audioUrl: `data:audio/wav;base64,${Buffer.from('no sound').toString('base64')}` },
    ],
  ])('%d %s for %s, and nothing is held', async (status, code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const answer = await user.post(TRANSCRIBE).send(wish);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('prices a recording by its length, or by the longest that is taken', async () => {
    const estimate = async (request: object) =>
      (await user.post('/studio/v1/estimates').send({ operation: 'audio.transcribe', request })).body.data;
    expect(await estimate({ durationSeconds: 61 })).toMatchObject({ credits: 20, maxCostUsd: 0.0001 });
    expect(await estimate({})).toMatchObject({ credits: 100 });
  });

  it('lists languages and voices', async () => {
    const languages = (await user.get('/studio/v1/audio/languages')).body.data;
    expect(languages).toContainEqual({
      language: 'de-DE',
      name: 'German (Germany)',
      voices: 2,
      transcription: false,
    });
    expect(languages).toContainEqual(expect.objectContaining({ language: 'en-US', transcription: true }));
    const voices = (await user.get('/studio/v1/audio/voices?language=en-US')).body.data;
    expect(voices.map(({ id }: { id: string }) => id)).toEqual(['flite-slt', 'flite-rms', 'flite-awb']);
    expect((await app.request().get('/studio/v1/audio/voices')).status).toBe(401);
  });
});
