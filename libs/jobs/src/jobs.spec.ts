import { randomUUID } from 'node:crypto';
import { Global, Injectable, Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock, ManualClock } from '@eventzr/config';
import { Connections, Database, JobPool, PgJobPool } from '@eventzr/db';
import { AppLogger } from '@eventzr/http';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { AbandonedJobs } from './abandoned-jobs.js';
import { JobHandler } from './job-handler.js';
import { JobQueue, type JobPayload } from './job-queue.js';
import { JobRunner } from './job-runner.js';
import { JobsModule } from './jobs.module.js';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const errors: string[] = [];

class MemoryLogger extends AppLogger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(facts: object, message = ''): void {
    errors.push(`${message} ${JSON.stringify(facts)}`);
  }
}

/** Counts its row up; enqueues a second round for rows called `twice`; fails for rows called `broken`. */
@Injectable()
class CountUp extends JobHandler {
  readonly task = 'notes.count';
  readonly seen: JobPayload[] = [];

  constructor(
    private readonly database: Database,
    private readonly jobs: JobQueue,
  ) {
    super();
  }

  async run(payload: JobPayload): Promise<void> {
    this.seen.push(payload);
    await this.database.withTenant(async (tx) => {
      const rows = await tx.$queryRaw<{ text: string; count: number }[]>`
        UPDATE notes SET count = count + 1 WHERE id = ${payload.id}::uuid RETURNING text, count`;
      if (rows[0]?.text === 'broken') throw new Error('broken on purpose');
      if (rows[0]?.text === 'twice' && rows[0].count === 1) await this.jobs.enqueue(tx, this.task, payload);
    }, payload.tenantId);
  }
}

/** Is at it until it is let go. */
@Injectable()
class Slow extends JobHandler {
  readonly task = 'notes.slow';
  override readonly lane = 'slow';
  begun = 0;
  private readonly gate = Promise.withResolvers<void>();
  readonly letGo = (): void => this.gate.resolve();

  async run(): Promise<void> {
    this.begun += 1;
    await this.gate.promise;
  }
}

describe('jobs', () => {
  const clock = new ManualClock();
  let fixture: FixtureService;
  let app: INestApplicationContext;
  let jobs: JobQueue;
  let runner: JobRunner;
  let handler: CountUp;

  beforeAll(async () => {
    fixture = await startFixture();
    const house: Provider[] = [
      { provide: Clock, useValue: clock },
      { provide: AppLogger, useClass: MemoryLogger },
      { provide: Connections, useValue: fixture.connections },
      { provide: Database, useValue: fixture.db },
      { provide: JobPool, useValue: new PgJobPool(fixture.connections) },
    ];
    @Global()
    @Module({ providers: house, exports: house })
    class House {}
    @Module({ imports: [House, JobsModule], providers: [CountUp, Slow] })
    class App {}
    app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    [jobs, runner, handler] = [app.get(JobQueue), app.get(JobRunner), app.get(CountUp)];
  });

  afterAll(async () => {
    await app.close();
    await fixture.close();
  });

  afterEach(() => {
    handler.seen.length = 0;
    errors.length = 0;
  });

  async function note(
    text: string,
    options?: { runAt?: Date; jobKey?: string },
    fail = false,
  ): Promise<string> {
    const id = randomUUID();
    await fixture.db.withTenant(async (tx) => {
      await tx.note.create({ data: { tenantId: TENANT, id, text } });
      await jobs.enqueue(tx, 'notes.count', { tenantId: TENANT, id }, options);
      if (fail) throw new Error('rolled back');
    }, TENANT);
    return id;
  }
  const countOf = (id: string): Promise<number> =>
    fixture.db.withTenant(async (tx) => (await tx.note.findFirstOrThrow({ where: { id } })).count, TENANT);

  it('runs a job once its transaction committed, under the tenant of its row', async () => {
    const id = await note('once');
    expect(await runner.drain()).toBe(1);
    expect(await countOf(id)).toBe(1);
    expect(await runner.drain()).toBe(0);
  });

  it('never runs a job whose transaction rolled back', async () => {
    await expect(note('never', undefined, true)).rejects.toThrow('rolled back');
    expect(await runner.drain()).toBe(0);
    expect(handler.seen).toEqual([]);
  });

  it('drains the jobs that jobs enqueue', async () => {
    const id = await note('twice');
    expect(await runner.drain()).toBe(2);
    expect(await countOf(id)).toBe(2);
  });

  it('replaces a waiting job of the same key', async () => {
    const id = await note('keyed', { jobKey: 'note:1' });
    await fixture.db.withTenant(
      (tx) => jobs.enqueue(tx, 'notes.count', { tenantId: TENANT, id }, { jobKey: 'note:1' }),
      TENANT,
    );
    expect(await runner.drain()).toBe(1);
  });

  it('waits for runAt by the injected clock', async () => {
    const id = await note('later', { runAt: new Date(clock.now().getTime() + 60_000) });
    expect(await runner.drain()).toBe(0);
    clock.advance(60_000);
    expect(await runner.drain()).toBe(1);
    expect(await countOf(id)).toBe(1);
  });

  it('logs a failed job and does not repeat it', async () => {
    const id = await note('broken');
    expect(await runner.drain()).toBe(1);
    expect(await runner.drain()).toBe(0);
    expect(await countOf(id)).toBe(0);
    expect(errors.join()).toContain(id);
  });

  it('takes jobs as they come while it is started, and stops', async () => {
    await runner.start();
    const id = await note('live');
    for (let tries = 0; tries < 200 && handler.seen.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await runner.stop();
    expect(handler.seen).toEqual([{ tenantId: TENANT, id }]);
    await note('after stop');
    expect(handler.seen).toHaveLength(1);
    expect(await runner.drain()).toBe(1);
  });

  it('lets no job wait behind slow ones, however many there are', async () => {
    const slow = app.get(Slow);
    await fixture.db.withTenant(async (tx) => {
      for (let count = 0; count < 8; count += 1)
        await jobs.enqueue(tx, slow.task, { tenantId: TENANT, id: randomUUID() });
    }, TENANT);
    await runner.start();
    for (let tries = 0; tries < 200 && slow.begun < 2; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const id = await note('quick');
    for (let tries = 0; tries < 200 && handler.seen.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect([handler.seen, slow.begun]).toEqual([[{ tenantId: TENANT, id }], 2]);
    slow.letGo();
    await runner.stop();
    await runner.drain();
    expect(slow.begun).toBe(8);
  });

  it('removes what a killed worker left locked', async () => {
    const id = await note('killed', { jobKey: 'note:killed' });
    await fixture.connections.job.query(
      `UPDATE graphile_worker._private_jobs SET attempts = 1, locked_at = now() - interval '5 hours', locked_by = 'dead' WHERE key = 'note:killed'`,
    );
    await fixture.db.withTenant(
      (tx) => jobs.enqueue(tx, 'notes.count', { tenantId: TENANT, id }, { jobKey: 'note:killed' }),
      TENANT,
    );
    expect(await runner.drain()).toBe(1);
    expect(await countOf(id)).toBe(1);
    expect(await app.get(AbandonedJobs).run()).toMatchObject({ succeeded: 1 });
  });
});
