import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TEST_TENANT, TEST_USER, type ServiceProcess } from '@eventzr/testing';
import { until } from '../scene.fake.js';
import { Stage } from '../studio-processes.fake.js';

const REQUEST = { prompt: 'a cake', provider: 'openai' };
const CREDITS = 40;

interface JobRow {
  readonly id: string;
  readonly status: string;
  readonly hold_id: string;
  readonly operation_id: string;
  readonly attempts: number;
  readonly credits_charged: number;
  readonly error_code: string | null;
}

/** The crash table of the platform's promises, row by row: real processes, `kill -9`, one truth afterwards. */
describe('an image job survives a crash', () => {
  let stage: Stage;
  let authorization: string;

  beforeEach(async () => {
    stage = await Stage.set();
    authorization = await stage.tokens.bearer();
  });
  afterEach(async () => {
    expect(stage.wallet.faults).toEqual([]);
    await stage.strike();
  });

  const ask = (api: ServiceProcess, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/studio/v1/images/generate`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'one', ...headers },
      body: JSON.stringify(REQUEST),
    });
  /** Sends the request; nobody waits for its answer, which a crash swallows. */
  const askInVain = (api: ServiceProcess, headers?: Record<string, string>) =>
    void ask(api, headers).catch(() => undefined);
  const jobs = () => stage.rows<JobRow>('SELECT * FROM render_jobs');
  const job = async () => {
    const [only, ...others] = await jobs();
    expect(others).toEqual([]);
    return only;
  };
  const reached = (status: string) => until(async () => (await job())?.status === status, 60_000);
  const leaseEnds = (table: string) => stage.endLeases(table);
  const crashAndStartAgain = async (api: ServiceProcess) => {
    await api.kill();
    return stage.start('main');
  };
  const submitted = async () => {
    const api = await stage.start('main');
    expect((await ask(api)).status).toBe(202);
    return api;
  };
  const workerRestarts = async (worker: ServiceProcess, entry: 'worker' | 'pending-worker' = 'worker') => {
    await worker.kill();
    await leaseEnds('render_jobs');
    await stage.rows(`UPDATE platform.settlements SET next_attempt_at = now() - interval '1 second'`);
    return stage.start(entry);
  };
  const onlyHold = () => {
    expect(stage.wallet.holds).toHaveLength(1);
    return stage.wallet.holds[0];
  };
  const spent = () => 10_000 - stage.wallet.available(TEST_TENANT, TEST_USER);

  it.each([
    ['after claim', 0, () => stage.dropWaiting()],
    // Postgres ends a statement that it was sent, whoever lives to hear of it.
    ['after claim, with the operation’s row on its way', 1, () => Promise.resolve()],
  ])('%s: 409 until the lease ends, then the client’s retry resumes', async (_, operations, inBetween) => {
    const first = await stage.start('main');
    const unblock = await stage.block('platform.credit_operations', 'EXCLUSIVE');
    askInVain(first);
    await until(() => stage.someoneWaits());
    await first.kill();
    await inBetween();
    await unblock();
    const second = await stage.start('main');
    const [claim] = await stage.rows<{ operation_id: string }>(
      'SELECT operation_id FROM platform.idempotency_keys',
    );
    expect(await stage.rows('SELECT id FROM platform.credit_operations')).toHaveLength(operations);

    const refused = await ask(second);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([409, '1']);
    expect(stage.wallet.holds).toEqual([]);

    await leaseEnds('platform.idempotency_keys');
    await leaseEnds('platform.credit_operations');
    expect((await ask(second)).status).toBe(202);
    expect(onlyHold()).toMatchObject({ state: 'open', amount: CREDITS, referenceId: claim?.operation_id });
    expect(await job()).toMatchObject({ operation_id: claim?.operation_id, hold_id: onlyHold()?.id });
  });

  it('after hold: the retry finds the same hold by id', async () => {
    const first = await stage.start('main');
    stage.wallet.failNext('slow', 9);
    askInVain(first);
    await until(() => stage.wallet.holds.length === 1);
    const second = await crashAndStartAgain(first);
    stage.wallet.recover();
    expect(await jobs()).toEqual([]);

    await leaseEnds('platform.idempotency_keys');
    await leaseEnds('platform.credit_operations');
    expect((await ask(second)).status).toBe(202);
    expect(onlyHold()).toMatchObject({ state: 'open', amount: CREDITS });
    expect((await job())?.hold_id).toBe(onlyHold()?.id);
    expect(spent()).toBe(CREDITS);
  });

  it('after hold: without a retry the sweep releases', async () => {
    const first = await stage.start('main');
    stage.wallet.failNext('slow', 9);
    askInVain(first);
    await until(() => stage.wallet.holds.length === 1);
    await first.kill();
    stage.wallet.recover();

    await leaseEnds('platform.credit_operations');
    await stage.start('worker');
    await until(() => onlyHold()?.state === 'released');
    expect(await jobs()).toEqual([]);
    expect(spent()).toBe(0);

    // The key is still good for the same request, with a hold of its own.
    await leaseEnds('platform.idempotency_keys');
    const second = await stage.start('main');
    expect((await ask(second)).status).toBe(202);
    await reached('succeeded');
    await until(() => stage.wallet.holds[1]?.state === 'captured');
    expect(spent()).toBe(CREDITS);
  });

  it('after the transaction: 202 replayed', async () => {
    const first = await stage.start('main');
    // The job is committed and its answer stored; the caller is kept waiting for the picture and hears nothing.
    askInVain(first, { prefer: 'wait=60' });
    await until(async () => (await jobs()).length === 1);
    const second = await crashAndStartAgain(first);

    const [replay, again] = [await ask(second), await ask(second)];
    expect([replay.status, replay.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    const body = await replay.text();
    expect(await again.text()).toBe(body);
    const { jobId } = (JSON.parse(body) as { data: { jobId: string } }).data;
    expect(await job()).toMatchObject({ id: jobId, status: 'queued', hold_id: onlyHold()?.id });
    await stage.start('worker');
    await reached('succeeded');
    await until(() => onlyHold()?.state === 'captured');
    expect(spent()).toBe(CREDITS);
  });

  it('worker before vendor submit: rerun', async () => {
    await submitted();
    const unblock = await stage.block('studio.render_submissions', 'ACCESS EXCLUSIVE');
    const worker = await stage.start('worker');
    await reached('running');
    await until(() => stage.someoneWaits());
    expect(stage.vendor.accepted).toEqual([]);
    await worker.kill();
    await unblock();

    await workerRestarts(worker);
    await reached('succeeded');
    await until(() => onlyHold()?.state === 'captured');
    expect(await job()).toMatchObject({ attempts: 2, credits_charged: CREDITS });
    expect(stage.vendor.accepted).toHaveLength(1);
    expect(spent()).toBe(CREDITS);
  });

  it('worker after submit: the bytes came, they are adopted', async () => {
    await submitted();
    const { promise: works, resolve: done } = Promise.withResolvers<void>();
    stage.vendor.answerNext({ kind: 'picture', after: works });
    const worker = await stage.start('worker');
    await until(() => stage.vendor.accepted.length === 1);
    const unblock = await stage.block('studio.render_submissions', 'EXCLUSIVE');
    done();
    await until(() => filesIn(stage.dataDir).some((name) => name.endsWith('piece-0.json')));
    await until(() => stage.someoneWaits());
    await worker.kill();
    await unblock();

    await workerRestarts(worker);
    await reached('succeeded');
    await until(() => onlyHold()?.state === 'captured');
    expect(stage.vendor.accepted).toHaveLength(1);
    const [asset, ...others] = await stage.rows<{ storage_key: string }>('SELECT * FROM assets');
    expect(others).toEqual([]);
    expect(asset?.storage_key).toContain(`/jobs/${(await job())?.id}/1/`);
    // The picture and its thumbnail: what the first run left half done is gone.
    await until(() => filesIn(stage.dataDir).length === 2);
    expect(spent()).toBe(CREDITS);
  });

  it('worker after submit: nothing came, so nobody knows: failed, released, never submitted again', async () => {
    await submitted();
    stage.vendor.answerNext({ kind: 'hang' });
    const worker = await stage.start('worker');
    await until(() => stage.vendor.accepted.length === 1);

    await workerRestarts(worker);
    await reached('failed');
    await until(() => onlyHold()?.state === 'released');
    expect(await job()).toMatchObject({ error_code: 'STUDIO_1903', credits_charged: 0, attempts: 2 });
    expect(await stage.rows('SELECT state FROM render_submissions')).toEqual([{ state: 'submit_unknown' }]);
    expect(stage.vendor.accepted).toHaveLength(1);
    expect(spent()).toBe(0);
  });

  describe('a vendor that answers with tasks', () => {
    const states = () =>
      stage.rows<{ state: string; task_id: string | null }>('SELECT * FROM render_submissions');
    const looksNow = () => stage.rows(`UPDATE graphile_worker._private_jobs SET run_at = now()`);
    const completed = () =>
      stage.rows(`SELECT FROM platform.outbox_events WHERE type = 'eventzr.studio.render-job.completed.v1'`);
    const worksOnce = async () => {
      await until(async () => {
        await looksNow();
        return (await job())?.status === 'succeeded';
      }, 60_000);
      await until(() => onlyHold()?.state === 'captured');
      expect(stage.pending.submits).toHaveLength(1);
      expect(await completed()).toHaveLength(1);
      expect(spent()).toBe(CREDITS);
    };

    it('after submit, before the task’s name is stored: nobody knows, never submitted again', async () => {
      await submitted();
      stage.pending.failNext('submit', { kind: 'hang' });
      const worker = await stage.start('pending-worker');
      await until(() => stage.pending.submits.length === 1);

      await workerRestarts(worker, 'pending-worker');
      await reached('failed');
      await until(() => onlyHold()?.state === 'released');
      expect(await job()).toMatchObject({ error_code: 'STUDIO_1903', credits_charged: 0 });
      expect(await states()).toMatchObject([{ state: 'submit_unknown', task_id: null }]);
      expect(stage.pending.submits).toHaveLength(1);
      expect(spent()).toBe(0);
    });

    it('after the task’s name is stored: looked at again', async () => {
      stage.pending.state = { state: 'working', progress: 10 };
      await submitted();
      const worker = await stage.start('pending-worker');
      await until(async () => (await states())[0]?.state === 'pending');

      await workerRestarts(worker, 'pending-worker');
      stage.pending.state = { state: 'done' };
      await worksOnce();
    });

    it('during a look: looked at again', async () => {
      stage.pending.state = { state: 'working', progress: 10 };
      await submitted();
      const worker = await stage.start('pending-worker');
      await until(async () => (await states())[0]?.state === 'pending');
      stage.pending.failNext('look', { kind: 'hang' });
      await until(async () => {
        await looksNow();
        return stage.pending.looks.length === 1;
      });

      await workerRestarts(worker, 'pending-worker');
      stage.pending.state = { state: 'done' };
      await worksOnce();
      expect(stage.pending.looks.length).toBeGreaterThanOrEqual(2);
    });
  });

  it('after the final transaction: the sweep captures', async () => {
    await submitted();
    const { promise: works, resolve: done } = Promise.withResolvers<void>();
    stage.vendor.answerNext({ kind: 'picture', after: works });
    const worker = await stage.start('worker');
    await until(() => stage.vendor.accepted.length === 1);
    stage.wallet.isDown = true;
    done();
    await reached('succeeded');
    await worker.kill();
    stage.wallet.isDown = false;
    expect(onlyHold()).toMatchObject({ state: 'open', captured: 0 });

    await workerRestarts(worker);
    await until(() => onlyHold()?.state === 'captured');
    expect(onlyHold()).toMatchObject({ captured: CREDITS });
    expect(spent()).toBe(CREDITS);
  });

  it.each(['slow', 'down'] as const)(
    'wallet %s: 503, tombstone; the same key works again later',
    async (kind) => {
      const api = await stage.start('main');
      if (kind === 'slow') stage.wallet.failNext('slow', 30);
      else stage.wallet.isDown = true;
      const refused = await ask(api);
      expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
      expect(await jobs()).toEqual([]);

      stage.wallet.recover();
      await stage.rows(`UPDATE platform.settlements SET next_attempt_at = now() - interval '1 second'`);
      await stage.start('worker');
      await until(() => stage.wallet.holds[0]?.state === 'released');
      expect(stage.wallet.holds[0]?.amount).toBe(kind === 'slow' ? CREDITS : 0);
      expect(stage.wallet.holds).toHaveLength(1);

      await until(async () => (await ask(api)).status === 202, 60_000);
      await reached('succeeded');
      await until(() => stage.wallet.holds[1]?.state === 'captured');
      expect(stage.wallet.holds).toHaveLength(2);
      expect(await job()).toMatchObject({ hold_id: stage.wallet.holds[1]?.id });
      expect(spent()).toBe(CREDITS);
    },
  );
});

function filesIn(dataDir: string): string[] {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.incomplete'))
    .map(({ name }) => name);
}
