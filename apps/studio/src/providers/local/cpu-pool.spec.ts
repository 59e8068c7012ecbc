import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CpuModule, CpuPool } from './cpu-pool.js';

const folder = mkdtempSync(join(tmpdir(), 'eventzr-engines-'));
const { signal } = new AbortController();
const LONG = { signal, timeoutMs: 20_000 };

/** An engine of one expression over its `job`. */
function engine<Job, Result>(name: string, body: string): CpuModule<Job, Result> {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `import * as os from 'node:os';\nimport { readdirSync } from 'node:fs';\n`);
  writeFileSync(file, `export default async (job) => ${body};\n`, { flag: 'a' });
  return { url: pathToFileURL(file) };
}

const pid = engine<null, number>('pid', 'process.pid');
const forever = engine<null, never>('forever', 'new Promise(() => setInterval(() => {}, 1000))');

describe('CpuPool', () => {
  let cpus: CpuPool;
  beforeEach(() => {
    cpus = new CpuPool({ processes: 1, queueLimit: 2 });
  });
  afterEach(() => cpus.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('works behind whoever answers requests: with every thread of its process, not only with its own code', async () => {
    const own = getPriority();
    const all = engine<null, number[]>(
      'priorities',
      `import('node:zlib').then(({ deflate }) => new Promise((done) => deflate('x', done)))
        .then(() => readdirSync('/proc/self/task').map((thread) => os.getPriority(Number(thread))))`,
    );
    const priorities = await cpus.run(all, null, LONG);
    expect(priorities.length).toBeGreaterThan(4); // V8's and libuv's among them
    expect(new Set(priorities)).toEqual(new Set([Math.min(19, own + 10)]));
    expect(getPriority()).toBe(own);
  });

  it('hands bytes over and back, and keeps the process for the next job', async () => {
    const turned = engine<{ bytes: Uint8Array }, Uint8Array>(
      'turned',
      'Uint8Array.from(job.bytes).reverse()',
    );
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const back = await cpus.run(turned, { bytes }, LONG);
    expect(Buffer.compare(back, Buffer.from(bytes).reverse())).toBe(0);
    expect(await cpus.run(pid, null, LONG)).toBe(await cpus.run(pid, null, LONG));
  });

  it('tells what the engine threw, and works on', async () => {
    const failing = engine<null, never>('failing', `Promise.reject(new Error('no ink'))`);
    const failed = cpus.run(failing, null, LONG);
    await expect(failed).rejects.toMatchObject({ kind: 'unavailable', cause: { message: 'no ink' } });
    expect(await cpus.run(pid, null, LONG)).toBeGreaterThan(0);
  });

  it('outlives a crash of native code, which ends only the job that crashed', async () => {
    const crash = engine<null, never>('crash', `process.kill(process.pid, 'SIGSEGV')`);
    const before = await cpus.run(pid, null, LONG);
    const crashed = cpus.run(crash, null, LONG);
    const next = cpus.run(pid, null, LONG);
    await expect(crashed).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await next).not.toBe(before);
  });

  it('works on after a job that cannot be sent, a result that cannot, and a process that ended itself afterwards', async () => {
    const unsendable = engine<{ f: () => void }, null>('unsendable', 'null');
    const strange = engine<null, () => void>('strange', '() => {}');
    const late = engine<null, number>(
      'late',
      '(setTimeout(() => { throw new Error("late") }, 30), process.pid)',
    );
    for (const failed of [cpus.run(unsendable, { f: () => undefined }, LONG), cpus.run(strange, null, LONG)])
      await expect(failed).rejects.toMatchObject({ kind: 'unavailable' });
    const first = await cpus.run(late, null, LONG);
    while (alive(first)) await new Promise(setImmediate);
    expect(await cpus.run(pid, null, LONG)).not.toBe(first);
  });

  it('leaves no process behind when it is closed', async () => {
    const one = await cpus.run(pid, null, LONG);
    cpus.close();
    while (alive(one)) await new Promise(setImmediate);
    await expect(cpus.run(pid, null, LONG)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('ends what is late or unwanted at once, and the next job has its turn', async () => {
    const cancel = new AbortController();
    const unwanted = cpus.run(forever, null, { signal: cancel.signal, timeoutMs: 20_000 });
    const late = cpus.run(forever, null, { signal, timeoutMs: 700 });
    const next = cpus.run(pid, null, LONG);
    cancel.abort(new Error('cancelled'));
    await expect(unwanted).rejects.toThrow('cancelled');
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
    expect(await next).toBeGreaterThan(0);
  });

  it('refuses more than may wait, and forgets who gave up waiting', async () => {
    const cancel = new AbortController();
    const unwanted = { signal: cancel.signal, timeoutMs: 20_000 };
    const jobs = [forever, forever, forever].map((module) => cpus.run(module, null, unwanted));
    const settled = Promise.allSettled(jobs);
    await expect(cpus.run(pid, null, LONG)).rejects.toMatchObject({ kind: 'unavailable' });
    cancel.abort(new Error('cancelled'));
    await settled;
    expect(await cpus.run(pid, null, LONG)).toBeGreaterThan(0);
  });

  it('fails what is under way and what waits when it is closed', async () => {
    await cpus.run(pid, null, LONG);
    const jobs = [forever, forever].map((module) => cpus.run(module, null, LONG));
    const failed = jobs.map((job) => expect(job).rejects.toMatchObject({ kind: 'unavailable' }));
    await new Promise(setImmediate);
    cpus.close();
    await Promise.all(failed);
  });
});

function alive(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch {
    return false;
  }
}
