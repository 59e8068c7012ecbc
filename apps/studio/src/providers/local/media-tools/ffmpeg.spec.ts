import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../../scene.fake.js';
import { MediaTools } from './ffmpeg.js';
import { probeMedia } from './probe.js';
import { SCRATCH_PREFIX, sweepScratch, withScratch } from './scratch.js';

const tools = new MediaTools();
const { signal } = new AbortController();
const TONE = ['-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'];

describe('MediaTools', () => {
  it('answers what the tool wrote', async () => {
    const wav = await tools.run('ffmpeg', {
      args: [...TONE, '-f', 'wav', 'pipe:1'],
      signal,
      timeoutMs: 10_000,
    });
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
  });

  it('feeds the input and looks at the file', async () => {
    const frame = new Uint8Array(64 * 64 * 4).fill(120);
    const frames = (async function* () {
      for (let index = 0; index < 24; index++) yield await Promise.resolve(frame);
    })();
    const probe = await withScratch(async (directory) => {
      const file = join(directory, 'film.mp4');
      const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', '64x64', '-r', '24', '-i', 'pipe:0'];
      const args = ['-v', 'error', ...raw, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', file];
      await tools.run('ffmpeg', { args, input: frames, signal, timeoutMs: 10_000 });
      return probeMedia(tools, file, signal);
    });
    expect(probe).toMatchObject({
      durationMs: 1000,
      streams: [{ kind: 'video', codec: 'h264', width: 64, height: 64, frameRate: 24 }],
    });
  });

  it('runs tools behind whoever answers requests', async () => {
    const output = await withScratch(async (directory) => {
      await writeFile(join(directory, 'ffmpeg'), '#!/bin/sh\nexec nice\n', { mode: 0o755 });
      const searchPath = `${directory}:/usr/bin:/bin`;
      return new MediaTools({ searchPath }).run('ffmpeg', { args: [], signal, timeoutMs: 10_000 });
    });
    expect(Number(output.toString())).toBe(Math.min(19, getPriority() + 10));
  });

  it('says what is missing and how to install it', async () => {
    const none = new MediaTools({ searchPath: '/nowhere' });
    const detail = 'ffmpeg is not installed: apt-get install ffmpeg';
    expect(await none.health()).toEqual({ status: 'missing', detail });
    const run = none.run('ffmpeg', { args: ['-version'], signal, timeoutMs: 1000 });
    await expect(run).rejects.toMatchObject({ kind: 'unavailable', message: `local: ${detail}` });
    expect(await tools.health()).toEqual({ status: 'ready' });
  });

  it.each([undefined, 'rejected'] as const)('fails as %s when the tool does', async (failure) => {
    const input = Buffer.from('no media at all');
    const args = ['-v', 'error', '-i', 'pipe:0', '-f', 'wav', 'pipe:1'];
    const run = tools.run('ffmpeg', {
      ...{ args, input, signal, timeoutMs: 10_000 },
      ...(failure === undefined ? {} : { failure }),
    });
    await expect(run).rejects.toMatchObject({ kind: failure ?? 'unavailable' });
  });

  const endless = ['-v', 'error', '-re', '-f', 'lavfi', '-i', 'sine', '-f', 'null', '-'];

  it('ends a tool that takes too long, and one whose work was called off', async () => {
    const late = tools.run('ffmpeg', { args: endless, signal, timeoutMs: 150 });
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
    const off = new AbortController();
    const called = tools.run('ffmpeg', { args: endless, signal: off.signal, timeoutMs: 10_000 });
    off.abort(new Error('called off'));
    await expect(called).rejects.toThrow('called off');
  });

  it('a tool does not outlive a service that is killed', async () => {
    const built = import.meta.url.replace('/src/providers/', '/dist/providers/').replace('.spec.ts', '.js');
    const run = `{ args: ${JSON.stringify(endless)}, signal: new AbortController().signal, timeoutMs: 60_000 }`;
    const script = `new (await import('${built}')).MediaTools().run('ffmpeg', ${run})`;
    const service = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    const statOf = (pid: number): string => {
      try {
        return readFileSync(`/proc/${pid}/stat`, 'utf8');
      } catch {
        return 'gone';
      }
    };
    const tool = await until(() => {
      const child = Number(readFileSync(`/proc/${service.pid}/task/${service.pid}/children`, 'utf8').trim());
      return child > 0 && statOf(child).includes('(ffmpeg)') ? child : undefined;
    });
    service.kill('SIGKILL');
    await until(() => /^gone$|\) Z /.test(statOf(tool)), 5_000);
  });

  it('bounds the memory and the output', async () => {
    const small = new MediaTools({ memoryBytes: 8 * 1024 ** 2 });
    const starved = small.run('ffmpeg', { args: ['-version'], signal, timeoutMs: 10_000 });
    await expect(starved).rejects.toMatchObject({ kind: 'unavailable' });
    const args = [...TONE, '-f', 'wav', 'pipe:1'];
    const talkative = tools.run('ffmpeg', { args, signal, timeoutMs: 10_000, maxOutputBytes: 1000 });
    await expect(talkative).rejects.toMatchObject({ kind: 'rejected' });
  });

  it('passes on what the input threw, and ends the tool', async () => {
    const broken = (async function* () {
      yield await Promise.resolve(new Uint8Array(10));
      throw new Error('no more frames');
    })();
    const args = ['-v', 'error', '-f', 's16le', '-i', 'pipe:0', '-f', 'null', '-'];
    const run = tools.run('ffmpeg', { args, input: broken, signal, timeoutMs: 10_000 });
    await expect(run).rejects.toThrow('no more frames');
  });
});

describe('sweepScratch', () => {
  it('removes what a dead process left, and nothing of those that live or of other machines', async () => {
    const own = await mkdtemp(SCRATCH_PREFIX);
    const named = (pid: string): Promise<string> =>
      mkdtemp(SCRATCH_PREFIX.replace(`-${process.pid}-`, `-${pid}-`));
    // Beyond any number that Linux gives to a process; then our own number, as another process once had it.
    const dead = await named('99999999');
    const before = await mkdtemp(SCRATCH_PREFIX.replace(/-\d+-$/, '-1-'));
    const foreign = await mkdtemp(join(tmpdir(), 'eventzr-media-0a0b0c0d-99999999-5-'));
    await writeFile(join(dead, 'film.mp4'), 'half a film');
    expect(await sweepScratch()).toBeGreaterThanOrEqual(2);
    const left = await readdir(tmpdir());
    expect([own, dead, before, foreign].map((path) => left.includes(basename(path)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    for (const path of [own, foreign]) await rm(path, { recursive: true });
  });
});

describe('withScratch', () => {
  it('leaves nothing behind, also when the work fails', async () => {
    let used = '';
    const failed = withScratch(async (directory) => {
      used = directory;
      expect(await readdir(directory)).toEqual([]);
      await passed(0);
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    await expect(access(used)).rejects.toThrow('ENOENT');
  });
});
