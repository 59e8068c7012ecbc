import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { avatarRequest, itIsAnAvatarProvider } from '../../avatar-provider.conformance.js';
import type { AvatarRequest } from '../../avatar-provider.js';
import { finished } from '../../media-provider.conformance.js';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { SpeechEngine } from '../speech/speech-engine.js';
import { LOCAL_VOICES } from '../speech/voices.js';
import { difference, FilmChecks, startsAtOnce } from '../video/film-checks.fake.js';
import { FilmStudio } from '../video/film-studio.js';
import { FilmThreads } from '../video/film-threads.js';
import { BACKGROUND_SETTINGS } from './background-settings.js';
import { captionsOf } from './captions.js';
import { LocalAvatarProvider } from './local-avatar-provider.js';
import { PresenterPreviews } from './preview.js';

const cpus = new CpuPool({ processes: 1 });
const threads = new FilmThreads();
const tools = new MediaTools();
const checks = new FilmChecks(tools);
const speech = new SpeechEngine(cpus, tools);
const studio = new FilmStudio(threads, tools);
const local = new LocalAvatarProvider({ studio, tools, speech, shrink: 4 });
const { signal } = new AbortController();
let recording: NonNullable<AvatarRequest['audio']>;

beforeAll(async () => {
  const { wav, durationMs } = await speech.say('A recording of somebody.', {}, signal);
  recording = { bytes: wav, mimeType: 'audio/wav', durationMs };
});
afterAll(async () => {
  cpus.close();
  await threads.close();
});

const make = (changes: Partial<AvatarRequest>) => finished(local, avatarRequest(local, changes));
const grey = (picture: Buffer | string) =>
  sharp(picture).resize(64, 36, { fit: 'fill' }).greyscale().raw().toBuffer();

describe('LocalAvatarProvider', () => {
  itIsAnAvatarProvider(
    () => local,
    () => recording,
  );

  it('makes an MP4 with sound that plays at once and lasts as long as the speech', async () => {
    const film = await make({});
    const { durationMs } = await speech.say('Welcome to the festival.', {}, signal);
    const { streams, durationMs: measured } = await checks.probe(film.bytes);
    expect(streams.map(({ codec }) => codec)).toEqual(['h264', 'aac']);
    expect(streams[0]).toMatchObject({ width: 320, height: 180, pixelFormat: 'yuv420p', frameRate: 24 });
    expect(startsAtOnce(film.bytes)).toBe(true);
    expect(measured - durationMs).toBeGreaterThan(250);
    expect(measured - durationMs).toBeLessThan(500);
    expect(await checks.loudness(film.bytes, 0.3, 0.8)).toBeGreaterThan(0.02);
  });

  it('enlarges to 4k and says so', async () => {
    const film = await make({ resolution: '4k' });
    expect([film.width, film.height]).toEqual([960, 540]);
    expect(film.limits).toContain('4k is enlarged from 1080p');
  });

  it('has presenters who look different and voices that are there', async () => {
    const previews = new PresenterPreviews(cpus);
    const pictures = await Promise.all(
      local.presenters().map(async ({ id }) => {
        const [, data = ''] = ((await previews.of(id)) ?? '').split(',');
        return grey(Buffer.from(data, 'base64'));
      }),
    );
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    pictures.forEach((one, index) => {
      for (const other of pictures.slice(index + 1)) expect(difference(one, other)).toBeGreaterThan(2);
    });
    for (const { voice } of local.presenters()) expect(LOCAL_VOICES.map(({ id }) => id)).toContain(voice);
    expect(await previews.of('nobody')).toBeUndefined();
  });

  it('stands before every setting, a colour and a picture', async () => {
    const red = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#c02020' } })
      .png()
      .toBuffer();
    const posters: Buffer[] = [];
    for (const background of [...BACKGROUND_SETTINGS, '#20c040', red])
      posters.push((await make({ script: 'Hi.', background })).poster ?? Buffer.alloc(0));
    const corners = await Promise.all(
      posters.map((poster) =>
        sharp(poster).extract({ left: 4, top: 4, width: 60, height: 160 }).resize(6, 16).raw().toBuffer(),
      ),
    );
    corners.forEach((one, index) => {
      for (const other of corners.slice(index + 1)) expect(difference(one, other)).toBeGreaterThan(4);
    });
  });

  it('writes what is said under the picture when asked', async () => {
    const script = 'Please bring a map.';
    const [plain, written] = [await make({ script }), await make({ script, captions: true })];
    const lower = async (film: Buffer) =>
      sharp(await checks.frame(film, 0.7))
        .extract({ left: 60, top: 130, width: 200, height: 40 })
        .greyscale()
        .raw()
        .toBuffer();
    expect(difference(await lower(plain.bytes), await lower(written.bytes))).toBeGreaterThan(15);
  });

  it('speaks other languages with lips that listen, and says so', async () => {
    const { limits } = await make({ script: 'Guten Tag zusammen.', voice: 'espeak-de' });
    expect(limits.join()).toContain('the lips follow the loudness');
  });

  it.each([
    ['an unknown presenter', { presenter: 'nobody' }],
    ['an unknown voice', { voice: 'nobody' }],
    ['nothing to say', { script: undefined }],
    [
      'a recording that is none',
      { script: undefined, audio: { bytes: Buffer.from('no'), mimeType: 'audio/wav', durationMs: 1 } },
    ],
  ])('refuses %s', async (_what, changes) => {
    await expect(make(changes)).rejects.toMatchObject({ kind: 'rejected' });
  });
});

describe('captionsOf', () => {
  it('ends a line with its sentence or when it is full, and shows one at a time', () => {
    const words = `One two three. ${'word '.repeat(20)}end.`.split(' ').map((word, at) => ({
      word,
      startMs: at * 300,
      endMs: at * 300 + 250,
    }));
    const captions = captionsOf(words);
    expect(captions[0]).toEqual({ text: 'One two three.', fromMs: 0, untilMs: 900 });
    captions.forEach(({ text, untilMs }, at) => {
      expect(text.length).toBeLessThanOrEqual(64);
      expect(untilMs).toBeLessThanOrEqual(captions[at + 1]?.fromMs ?? Number.POSITIVE_INFINITY);
    });
    expect(captions.map(({ text }) => text).join(' ')).toBe(words.map(({ word }) => word).join(' '));
  });
});
