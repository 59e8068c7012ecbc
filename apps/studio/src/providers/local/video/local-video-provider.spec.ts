import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { createWorker } from 'tesseract.js';
import { finished } from '../../media-provider.conformance.js';
import { itIsAVideoProvider, videoRequest } from '../../video-provider.conformance.js';
import type { VideoRequest } from '../../video-provider.js';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { LocalMusicProvider } from '../music/local-music-provider.js';
import { MusicEngine } from '../music/music-engine.js';
import { LocalSpeechProvider } from '../speech/local-speech-provider.js';
import { SpeechEngine } from '../speech/speech-engine.js';
import { difference, FilmChecks, startsAtOnce } from './film-checks.fake.js';
import { FilmStudio } from './film-studio.js';
import { FilmThreads } from './film-threads.js';
import { LocalVideoProvider } from './local-video-provider.js';
import { ProviderSoundtrack } from './soundtrack.js';

const cpus = new CpuPool({ processes: 1 });
const threads = new FilmThreads();
const tools = new MediaTools();
const checks = new FilmChecks(tools);
const soundtrack = new ProviderSoundtrack(
  new LocalSpeechProvider(new SpeechEngine(cpus, tools), tools),
  new LocalMusicProvider(new MusicEngine(cpus), tools),
);
const studio = new FilmStudio(threads, tools);
const small = new LocalVideoProvider({ studio, tools, soundtrack, shrink: 4 });
const half = new LocalVideoProvider({ studio, tools, soundtrack, shrink: 2 });
const full = new LocalVideoProvider({ studio, tools, soundtrack });
afterAll(async () => {
  cpus.close();
  await threads.close();
});

const make = (changes: Partial<VideoRequest>, provider = small) =>
  finished(provider, videoRequest({ durationSeconds: 3, ...changes }));

/** What was left behind by films, not by others that run at the same time. */
const leftovers = async (): Promise<Set<string>> =>
  new Set((await readdir(tmpdir())).filter((name) => name.startsWith('eventzr-media-')));

describe('LocalVideoProvider', () => {
  itIsAVideoProvider(() => small);

  it('makes an MP4 that plays at once: H.264 at 24 frames a second, exactly as long and large as asked', async () => {
    const { bytes, width, height, durationMs, poster } = await make({ quality: 'high' }, full);
    expect([width, height, durationMs]).toEqual([854, 480, 3000]);
    expect(await checks.probe(bytes)).toEqual({
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationMs: 3000,
      streams: [
        { kind: 'video', codec: 'h264', width, height, pixelFormat: 'yuv420p', frameRate: 24 },
        { kind: 'audio', codec: 'aac', sampleRate: 44_100, channels: 2 },
      ],
    });
    expect(startsAtOnce(bytes)).toBe(true);
    expect(await sharp(poster).metadata()).toMatchObject({ format: 'png', width, height });
  });

  it('lays voice and music under the film, both to its very end', async () => {
    const film = await make({ voiceover: 'Welcome to the lake.', music: true, durationSeconds: 4 });
    const { streams, durationMs } = await checks.probe(film.bytes);
    expect(streams.map(({ kind, codec }) => [kind, codec])).toEqual([
      ['video', 'h264'],
      ['audio', 'aac'],
    ]);
    expect(Math.abs(durationMs - 4000)).toBeLessThanOrEqual(42);
    expect(await checks.loudness(film.bytes, 0.6, 1)).toBeGreaterThan(0.03);
    expect(await checks.loudness(film.bytes, 2.6, 0.5)).toBeGreaterThan(0.003);
  });

  it('speaks faster, then cuts, what does not fit, and says so', async () => {
    const voiceover = 'This text is far too long for a film of three seconds. '.repeat(4);
    const { limits, bytes } = await make({ voiceover });
    expect(limits.join('; ')).toMatch(/spoken 1\.35 times as fast.*; the voice-over is cut: \d+ s/);
    expect((await checks.probe(bytes)).durationMs).toBeLessThanOrEqual(3042);
  });

  it('moves all the time, and shows another film for another prompt or seed', async () => {
    const lake = await make({});
    const frames = await checks.thumbs(lake.bytes);
    frames.slice(1).forEach((frame, at) => {
      expect(difference(frame, frames[at] ?? frame)).toBeGreaterThan(0.4);
    });
    const city = await checks.thumbs((await make({ prompt: 'a sports car in the city at night' })).bytes);
    const other = await checks.thumbs((await make({ seed: 43 })).bytes);
    const mean = (film: readonly Buffer[]) =>
      frames.reduce((sum, frame, at) => sum + difference(frame, film[at] ?? frame), 0) / frames.length;
    expect(mean(city)).toBeGreaterThan(12);
    expect(mean(other)).toBeGreaterThan(2);
  });

  it('makes the same bytes for the same request', async () => {
    expect((await make({})).bytes.equals((await make({})).bytes)).toBe(true);
  });

  it('shows pictures of the caller without stretching them', async () => {
    const side = 300;
    const disc = Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="${side}"><rect width="900" height="${side}" fill="#000"/><circle cx="450" cy="150" r="60" fill="#fff"/></svg>`,
    );
    const picture = await sharp(disc).png().toBuffer();
    const { bytes } = await make({ images: [picture], prompt: 'a disc' }, half);
    // sharp trims before it reaches for the threshold, whatever the order here: two steps.
    const bright = await sharp(await checks.frame(bytes, 1.7))
      .greyscale()
      .threshold(170)
      .png()
      .toBuffer();
    const { info } = await sharp(bright)
      .trim({ background: '#000000', threshold: 60 })
      .toBuffer({ resolveWithObject: true });
    expect(info.height).toBeGreaterThan(30);
    expect(Math.abs(info.width / info.height - 1)).toBeLessThan(0.06);
  });

  it('sets title and captions so that they can be read', async () => {
    const prompt = '"Harbour Lights Festival" Boats on the sea at night. Fireworks over the city.';
    const { bytes, poster } = await make({ prompt, durationSeconds: 5, resolution: '720p' }, full);
    const require = createRequire(import.meta.url);
    const langPath = `${dirname(require.resolve('@tesseract.js-data/eng/package.json'))}/4.0.0_best_int`;
    const reader = await createWorker('eng', 1, { langPath, gzip: true, cacheMethod: 'none' });
    try {
      const read = async (picture: Buffer) =>
        (await reader.recognize(picture)).data.text.replace(/\s+/g, ' ');
      expect(await read(poster ?? Buffer.alloc(0))).toContain('Harbour Lights Festival');
      const caption = await sharp(await checks.frame(bytes, 3.6))
        .extract({ left: 40, top: 540, width: 860, height: 140 })
        .toBuffer();
      // Small type: where a word ends is a guess of the reader's.
      expect((await read(caption)).replaceAll(' ', '')).toContain('Fireworksoverthecity');
    } finally {
      await reader.terminate();
    }
  });

  it('ends thread and encoder at once when it is called off, and leaves no file', async () => {
    const before = await leftovers();
    const off = new AbortController();
    const reason = new Error('called off');
    const progress = (): void => {
      off.abort(reason);
    };
    const work = half.generate(videoRequest({ durationSeconds: 30 }), { signal: off.signal, progress });
    await expect(work).rejects.toBe(reason);
    const after = await leftovers();
    expect([...after].filter((name) => !before.has(name))).toEqual([]);
    await make({});
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    const progress = (percent: number): void => {
      told.push(percent);
    };
    const { signal } = new AbortController();
    await small.generate(videoRequest({ durationSeconds: 3 }), { signal, progress });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([told[0], told.at(-1)]).toEqual([1, 99]);
  });

  it('is missing without ffmpeg, and says how to install it', async () => {
    const bare = new MediaTools({ searchPath: '/nowhere' });
    const provider = new LocalVideoProvider({
      studio: new FilmStudio(threads, bare),
      tools: bare,
      soundtrack,
    });
    const detail = 'ffmpeg is not installed: apt-get install ffmpeg';
    expect(await provider.health()).toEqual({ status: 'missing', detail });
    const { signal } = new AbortController();
    await expect(provider.generate(videoRequest(), { signal })).rejects.toMatchObject({
      kind: 'unavailable',
      message: `local: ${detail}`,
    });
  });
});
