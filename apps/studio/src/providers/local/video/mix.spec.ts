import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { withScratch } from '../media-tools/scratch.js';
import { LocalMusicProvider } from '../music/local-music-provider.js';
import { MusicEngine } from '../music/music-engine.js';
import { LocalSpeechProvider } from '../speech/local-speech-provider.js';
import { SpeechEngine } from '../speech/speech-engine.js';
import { TranscriptEngine } from '../transcript/transcript-engine.js';
import { wordErrors } from '../transcript/word-errors.fake.js';
import { soundArguments } from './mix.js';
import { ProviderSoundtrack, type Sound } from './soundtrack.js';

const cpus = new CpuPool({ processes: 1 });
const tools = new MediaTools();
const ears = new TranscriptEngine(cpus, tools);
const soundtrack = new ProviderSoundtrack(
  new LocalSpeechProvider(new SpeechEngine(cpus, tools), tools),
  new LocalMusicProvider(new MusicEngine(cpus), tools),
);
const { signal } = new AbortController();
const wish = { idempotencyKey: 'job-1/0', seed: 7, signal };
const run = { signal, timeoutMs: 30_000 };
afterAll(() => cpus.close());

const TEXT =
  'please plan a wedding reception for one hundred and twenty guests next saturday evening. ' +
  'book the hotel for forty people in the city. the conference starts at nine in the morning. ' +
  'how much does the photographer cost.';
const MUSIC = [
  'A summer food festival in the park: stalls, music and fireworks',
  'A gala dinner, calm piano',
];

/** The sound of a film, as it is in the file. */
function soundOf(sounds: { voice?: Buffer; music?: Buffer }, durationSeconds: number): Promise<Buffer> {
  return withScratch(async (directory) => {
    const file = join(directory, 'film.mp4');
    const kept = Object.entries(sounds).map(([name, bytes]) => [name, bytes, join(directory, name)] as const);
    for (const [, bytes, path] of kept) await writeFile(path, bytes);
    const paths = Object.fromEntries(kept.map(([name, , path]) => [name, path]));
    const mix = { ...paths, durationSeconds, voiceDelayMs: 450 };
    const { inputs, output } = await soundArguments(tools, mix, { ...run, directory });
    const picture = ['-v', 'error', '-f', 'lavfi', '-i', `color=s=32x32:r=4:d=${durationSeconds}`];
    await tools.run('ffmpeg', { ...run, args: [...picture, ...inputs, ...output, '-y', file] });
    return readFile(file);
  });
}

/** Integrated loudness in LUFS and peak in dBFS, from `from` seconds on. */
function loudness(film: Buffer, from = 0): Promise<{ lufs: number; peak: number }> {
  return withScratch(async (directory) => {
    const file = join(directory, 'film.mp4');
    await writeFile(file, film);
    const print = 'ebur128=metadata=1:peak=true,ametadata=mode=print:file=-';
    const args = ['-v', 'error', '-ss', String(from), '-i', file, '-vn', '-af', print, '-f', 'null', '-'];
    const told = (await tools.run('ffmpeg', { ...run, args })).toString('latin1');
    const last = (key: string): number =>
      Number(new RegExp(`.*lavfi\\.r128\\.${key}=(\\S+)`, 's').exec(told)?.[1]);
    const peak = Math.max(last('true_peaks_ch0'), last('true_peaks_ch1'));
    return { lufs: last('I'), peak: 20 * Math.log10(peak) };
  });
}

describe('the sound of a film', () => {
  let voice: Sound;
  const filmSeconds = (): number => Math.ceil(voice.durationMs / 1000 + 0.6);
  const tidy = (text: string): string[] => text.replaceAll('.', '').trim().split(/\s+/);
  const errorsIn = async (sound: Buffer): Promise<number> => {
    const { segments } = await ears.hear(sound, signal);
    return wordErrors(tidy(TEXT), tidy(segments.map(({ text }) => text).join(' '))) / tidy(TEXT).length;
  };

  beforeAll(async () => {
    voice = await soundtrack.speak(TEXT, 1, wish);
  });

  it.each(MUSIC)('is understood over %j, nearly as the voice alone is', async (prompt) => {
    const music = await soundtrack.accompany(prompt, filmSeconds(), wish);
    const film = await soundOf({ voice: voice.bytes, music: music.bytes }, filmSeconds());
    const [alone, mixed] = [await errorsIn(voice.bytes), await errorsIn(film)];
    expect({ alone, mixed, understood: mixed < 0.25 && mixed <= alone + 0.1 }).toMatchObject({
      understood: true,
    });
  });

  it('is as loud as films are, whatever it is made of, and never clips', async () => {
    const { bytes } = await soundtrack.accompany('calm piano', 10, wish);
    for (const sounds of [{ voice: voice.bytes }, { music: bytes }, { voice: voice.bytes, music: bytes }]) {
      const { lufs, peak } = await loudness(await soundOf(sounds, 10));
      expect(Math.abs(lufs + 16)).toBeLessThan(0.7);
      expect(peak).toBeLessThan(-0.8);
    }
  });

  it('keeps the music to be heard before the voice and after it', async () => {
    const { bytes } = await soundtrack.accompany('festive brass', 10, wish);
    const short = await soundtrack.speak('Welcome to the lake.', 1, wish);
    const film = await soundOf({ voice: short.bytes, music: bytes }, 10);
    expect((await loudness(film, 5)).lufs).toBeGreaterThan(-30);
  });
});
