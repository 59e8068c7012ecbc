import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, PlatformProcess } from './process.js';

const JOBS = 10;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly creditsCharged: number;
  readonly assets: readonly { readonly contentUrl: string }[];
}

interface Wallet {
  readonly id: string;
  readonly kind: string;
  readonly available: number;
  readonly held: number;
}

/** The power goes off in the middle of the work, and comes back. */
describe('kill -9 in the middle of ten image jobs, then a start', () => {
  let eventzr: PlatformProcess;
  let token: string;
  let before: Wallet;
  const accepted: string[] = [];

  beforeAll(async () => {
    eventzr = new PlatformProcess(await freePort());
    await eventzr.start();
    token = await eventzr.login('organizer@eventzr.com');
    before = await wallet();
    for (let index = 0; index < JOBS; index += 1) {
      const { status, data } = await eventzr.call<{ jobId: string }>('/studio/v1/images/generate', {
        token,
        headers: { 'idempotency-key': `job-${index}` },
        body: { prompt: `A lantern festival by a lake, number ${index}`, stylePreset: 'watercolour' },
      });
      expect(status).toBe(202);
      accepted.push(data.jobId);
    }
    await somethingHappened();
    await eventzr.end('SIGKILL');
    await eventzr.start();
  }, 180_000);

  afterAll(async () => {
    await eventzr.end('SIGTERM');
    rmSync(eventzr.dataDir, { recursive: true, force: true });
  });

  it('every job ends, and every picture of a succeeded one opens', async () => {
    for (const id of accepted) {
      const job = await ended(id);
      expect([id, job.status]).toEqual([id, 'succeeded']);
      for (const { contentUrl } of job.assets) {
        const response = await fetch(contentUrl);
        expect(response.status).toBe(200);
        expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
      }
    }
  }, 180_000);

  it('a repeated request answers its first receipt and starts nothing', async () => {
    const { status, data, headers } = await eventzr.call<{ jobId: string }>('/studio/v1/images/generate', {
      token: await eventzr.login('organizer@eventzr.com'),
      headers: { 'idempotency-key': 'job-3' },
      body: { prompt: 'A lantern festival by a lake, number 3', stylePreset: 'watercolour' },
    });
    expect([status, data.jobId]).toEqual([202, accepted[3]]);
    expect(headers.get('idempotency-replayed')).toBe('true');
  });

  it('every hold is resolved and each job is paid once', async () => {
    const jobs = await Promise.all(accepted.map(ended));
    const charged = jobs.reduce((sum, job) => sum + job.creditsCharged, 0);
    await until(async () => (await wallet()).held === 0);
    expect((await wallet()).available).toBe(before.available - charged);
    const holds = await eventzr.call<{ status: string }[]>(
      `/wallet/v1/wallets/${before.id}/holds?limit=100`,
      { token },
    );
    expect(holds.data.filter(({ status }) => status === 'open')).toEqual([]);
  }, 120_000);

  it('reconcile reports zero violations', async () => {
    const { status, data } = await eventzr.job('/wallet/v1/jobs/reconcile');
    expect(status).toBe(200);
    expect(data).toMatchObject({ failed: 0, violations: [] });
  });

  it('SIGTERM serves open requests to their end, and ends within ten seconds', async () => {
    const asked = Array.from({ length: 10 }, () =>
      eventzr.call('/aibrain/v1/orchestrate', { token, body: { prompt: 'Plan a picnic for 20 people' } }),
    );
    await until(async () => (await wallet()).held > 0);
    const startedAt = performance.now();
    const ended = eventzr.end('SIGTERM');
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
    expect(await ended).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  }, 30_000);

  async function wallet(): Promise<Wallet> {
    const { data } = await eventzr.call<Wallet[]>('/wallet/v1/wallets', { token });
    const own = data.find(({ kind }) => kind === 'user');
    if (own === undefined) throw new Error('no wallet');
    return own;
  }

  /** At least one job is under way and at least one still waits. */
  async function somethingHappened(): Promise<void> {
    await until(async () => {
      const { data } = await eventzr.call<Job[]>('/studio/v1/render-jobs?limit=100', { token });
      const running = data.filter(({ status }) => status === 'running').length;
      return running > 0;
    });
  }

  async function ended(id: string): Promise<Job> {
    const { text } = await eventzr.call(`/studio/v1/render-jobs/${id}/events`, { token });
    expect(text).toMatch(/event: (succeeded|failed|cancelled)/);
    return (await eventzr.call<Job>(`/studio/v1/render-jobs/${id}`, { token })).data;
  }

  /** Asks again until it holds; the test's own limit ends it. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    while (!(await holds()));
  }
});
