import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { FakeHold, TestService } from '@eventzr/testing';
import { asAdmin, TEST_TENANT } from '@eventzr/testing';
import { SweepRunner } from '@eventzr/jobs';
import type { JobReport } from '@eventzr/jobs';
import type pg from 'pg';
import { StudioDb } from './studio.db.js';

export { until } from '@eventzr/testing';

export type User = Awaited<ReturnType<TestService['as']>>;

/** What a stream said. */
export interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Small and local, so that a picture takes no time. */
export const CAKE = { prompt: 'a cake', width: 256, height: 256, provider: 'local' };

/** What studio's specs do again and again. For specs only. */
export class Scene {
  constructor(readonly app: TestService) {}

  /** Asks for pictures; answers the job's id. */
  async submit(user: User, wish: object = CAKE): Promise<string> {
    const { status, body } = await user.post('/studio/v1/images/generate').send(wish);
    expect([status, body.error]).toEqual([202, null]);
    return body.data.jobId;
  }

  async job(user: User, id: string) {
    const { status, body } = await user.get(`/studio/v1/render-jobs/${id}`);
    expect(status).toBe(200);
    return body.data;
  }

  /** Works until nothing is due, and waits until the wallet has heard of it. */
  async work(): Promise<void> {
    await this.app.drainJobs();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.app.service.app.get(StudioDb, { strict: false }).settled();
  }

  /** The hold behind a job. */
  async holdOf(jobId: string): Promise<FakeHold | undefined> {
    await this.settled();
    const [row] = await this.rows<{ hold_id: string }>('SELECT hold_id FROM render_jobs WHERE id = $1', [
      jobId,
    ]);
    return this.app.wallet.holds.find(({ id }) => id === row?.hold_id);
  }

  async sweep(name: string): Promise<JobReport> {
    const sweep = this.app.service.app
      .get(SweepRunner, { strict: false })
      .sweeps()
      .find((each) => each.name === name);
    if (sweep === undefined) throw new Error(`There is no sweep ${name}`);
    const report = await sweep.run();
    await this.settled();
    return report;
  }

  /** As the superuser, behind row-level security. */
  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    let rows: Row[] = [];
    await asAdmin(this.app.database.adminUrl, async (admin: pg.Client) => {
      await admin.query('SET search_path = studio');
      rows = (await admin.query<Row>(sql, values)).rows;
    });
    return rows;
  }

  /** Lets nobody listen to these events: what is told lies in the table of deliveries. */
  async hook(eventTypes: readonly string[]): Promise<void> {
    const columns = 'tenant_id, id, user_id, url, event_types, created_at, updated_at';
    await this.rows(
      `INSERT INTO webhooks (${columns}) VALUES ($1, gen_random_uuid(), $1, $2, $3, now(), now())`,
      [TEST_TENANT, 'https://hooks.invalid/', eventTypes],
    );
  }

  /** What webhooks were told, in order. */
  async told(): Promise<{ event_type: string; data: Record<string, unknown> }[]> {
    return this.rows(
      "SELECT event_type, payload::jsonb -> 'data' AS data FROM webhook_deliveries ORDER BY id",
    );
  }

  /** What lies under a signed link. */
  async download(link: string): Promise<Buffer> {
    const { pathname, search } = new URL(link);
    const answer = await fetch(this.app.url + pathname + search);
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** Names of the files that a job left in the storage. */
  async files(jobId: string): Promise<string[]> {
    await this.settled();
    const folder = join(String(this.app.environment['DATA_DIR']), 'storage');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return entries.filter((each) => each.isFile() && each.parentPath.includes(jobId)).map(({ name }) => name);
  }

  /** Reads an event stream to its end. */
  async events(path: string, headers: Record<string, string> = {}): Promise<Heard[]> {
    const authorization = await this.app.tokens.bearer();
    const response = await fetch(this.app.url + path, { headers: { authorization, ...headers } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    return heard(await response.text());
  }
}

export function heard(stream: string): Heard[] {
  const blocks = stream.split('\n\n').filter((block) => block !== '' && !block.startsWith(':'));
  return blocks.map((block) => {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    return {
      id: fields.get('id') ?? '',
      event: fields.get('event') ?? '',
      data: JSON.parse(fields.get('data') ?? 'null') as Record<string, unknown>,
    };
  });
}
