import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServiceProcess } from '@eventzr/testing';
import { until } from '../scene.fake.js';
import { Stage } from '../studio-processes.fake.js';

/** Long enough not to be done within the patience of a worker that is told to stop. */
const REQUEST = { prompt: 'Boats on the sea. Fireworks over the city.', durationSeconds: 24, music: true };

interface JobRow {
  readonly status: string;
  readonly fence: string | null;
  readonly due: boolean;
  readonly credits_charged: number;
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
};

/** Encoders that a process has started and that live. */
const encodersOf = (parent: number | undefined): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => new RegExp(`^PPid:\\t${parent}$`, 'm').test(read(`/proc/${pid}/status`)))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('libx264'))
    .map(Number);

/** Temporary directories of a process. */
const scratchOf = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => new RegExp(`^eventzr-media-[0-9a-f]+-${pid}-`).test(name));

describe('a film whose worker ends', () => {
  let stage: Stage;
  let worker: ServiceProcess;
  let encoders: number[];

  beforeEach(async () => {
    stage = await Stage.set();
    const api = await stage.start('main');
    const authorization = await stage.tokens.bearer();
    const answer = await fetch(`${api.url}/studio/v1/videos/generate`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(REQUEST),
    });
    expect(answer.status).toBe(202);
    worker = await stage.start('worker');
    encoders = await until(() => {
      const found = encodersOf(worker.pid);
      return found.length > 0 ? found : undefined;
    }, 60_000);
  });
  afterEach(async () => {
    expect(stage.wallet.faults).toEqual([]);
    await stage.strike();
  });

  const job = async () =>
    (
      await stage.rows<JobRow>(
        'SELECT status, fence, next_run_at <= now() AS due, credits_charged FROM render_jobs',
      )
    )[0];
  const encoderGone = () => until(() => encoders.every((pid) => !existsSync(`/proc/${pid}`)));
  const finished = async () => {
    await until(async () => (await job())?.status === 'succeeded', 90_000);
    expect((await job())?.credits_charged).toBeGreaterThan(0);
    await until(() => stage.wallet.holds.every(({ state }) => state === 'captured'));
    expect(stage.wallet.holds).toHaveLength(1);
  };

  it('by SIGTERM hands the job back at once, ends the encoder, leaves no file; the next worker makes the film', async () => {
    await worker.stop();
    expect(await job()).toMatchObject({ fence: null, due: true, credits_charged: 0 });
    await encoderGone();
    expect(scratchOf(worker.pid)).toEqual([]);
    await stage.start('worker');
    await finished();
  });

  it('by kill -9 leaves no encoder; the next worker sweeps its files away and makes the film', async () => {
    await worker.kill();
    await encoderGone();
    expect(scratchOf(worker.pid)).not.toEqual([]);
    await stage.rows(`UPDATE render_jobs SET lease_until = now() - interval '1 second'`);
    await stage.start('worker');
    expect(scratchOf(worker.pid)).toEqual([]);
    await finished();
  });
});
