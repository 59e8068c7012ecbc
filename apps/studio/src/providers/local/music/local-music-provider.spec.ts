import { afterAll, describe, expect, it } from '@jest/globals';
import { parseBuffer } from 'music-metadata';
import { finished } from '../../media-provider.conformance.js';
import type { MusicRequest } from '../../music-provider.js';
import { CpuPool } from '../cpu-pool.js';
import { MediaTools } from '../media-tools/ffmpeg.js';
import { LocalMusicProvider } from './local-music-provider.js';
import { MusicEngine } from './music-engine.js';

const cpus = new CpuPool();
const local = new LocalMusicProvider(new MusicEngine(cpus), new MediaTools());
afterAll(() => cpus.close());

const request = (changes: Partial<MusicRequest> = {}): MusicRequest => ({
  prompt: 'a calm piano piece for a garden party',
  durationSeconds: 10,
  instrumental: true,
  format: 'mp3',
  seed: 42,
  idempotencyKey: 'job-1/0',
  ...changes,
});

describe('LocalMusicProvider', () => {
  it.each([
    ['mp3', 'audio/mpeg', 'MPEG'],
    ['wav', 'audio/wav', 'WAVE'],
    ['ogg', 'audio/ogg', 'Ogg'],
    ['m4a', 'audio/mp4', 'M4A'],
  ] as const)('makes %s of exactly the time', async (format, mimeType, container) => {
    const track = await finished(local, request({ format }));
    expect(track).toMatchObject({ mimeType, durationMs: 10_000, provider: 'local', seed: 42 });
    const { format: found } = await parseBuffer(track.bytes, { mimeType }, { duration: true });
    expect(found.container).toContain(container);
    expect(found.numberOfChannels).toBe(2);
    expect(Math.abs((found.duration ?? 0) - 10)).toBeLessThan(0.06);
  });

  it('hands out the score, and says what was made and what was not', async () => {
    const track = await finished(local, request({ instrumental: false, format: 'wav' }));
    expect(track.midi?.subarray(0, 4).toString('latin1')).toBe('MThd');
    expect(track.limits.join('; ')).toMatch(/not made by a generative model.*no vocals.*bpm/);
  });

  it('does nothing for a request that was aborted before', async () => {
    const reason = new Error('cancelled by the caller');
    await expect(local.generate(request(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('makes wav without ffmpeg, and says that it is degraded', async () => {
    const bare = new LocalMusicProvider(new MusicEngine(cpus), new MediaTools({ searchPath: '/nowhere' }));
    expect(await bare.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('apt-get install ffmpeg'),
    });
    expect((await finished(bare, request({ format: 'wav' }))).bytes.length).toBe(44 + 10 * 44_100 * 4);
    await expect(bare.generate(request(), { signal: new AbortController().signal })).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });
});
