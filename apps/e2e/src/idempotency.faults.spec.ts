import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  asAdmin,
  ServiceProcess,
  startTestDatabase,
  testServiceKey,
  TokenMint,
  type TestDatabase,
} from '@eventzr/testing';
import { HeldDatabase, type Moment } from './held-database.js';
import type { Answer } from './platform.js';
import { call } from './platform.js';
import { freePort, ROOT } from './process.js';

interface KeyedWrite {
  readonly method: string;
  readonly path: string;
  readonly body: object;
  readonly status: number;
  /** The statement that stores the answer. */
  readonly stores: string;
}

/** What a write left behind: how often it happened can be read from it. */
type Effect = readonly object[];

let database: TestDatabase;
let mint: TokenMint;
let held: HeldDatabase;
let wallet: ServiceProcess;
let authorization: string;
let walletId: string;

beforeAll(async () => {
  database = await startTestDatabase('wallet');
  mint = await TokenMint.start();
  held = await HeldDatabase.before(database.adminUrl);
  authorization = await mint.bearer({ roles: ['admin'] });
});
afterAll(async () => {
  await held.close();
  await mint.close();
  await database.drop();
});
afterEach(() => wallet.kill());

async function startWallet(environment: Record<string, string> = {}): Promise<void> {
  const { DATABASE_URL = '', JOB_DATABASE_URL = '' } = database.environment;
  const script = join(ROOT, 'apps/wallet/dist/main.js');
  wallet = await ServiceProcess.start('wallet', script, {
    EVENTZR_MODE: 'production',
    LOG_LEVEL: 'fatal',
    SERVICE_KEY: testServiceKey('wallet'),
    SERVICE_KEY_DIGESTS: `wallet:${createHash('sha256').update(testServiceKey('wallet')).digest('hex')}`,
    DATABASE_URL: held.through(DATABASE_URL),
    JOB_DATABASE_URL: held.through(JOB_DATABASE_URL),
    AUTH_INTERNAL_URL: mint.url,
    ...environment,
  });
  const { data } = await call<{ id: string }[]>(`${wallet.url}/wallet/v1/wallets`, {
    headers: { authorization },
  });
  walletId = data[0]?.id ?? '';
}

async function sql(text: string, values: unknown[] = []): Promise<Effect> {
  let rows: object[] = [];
  await asAdmin(database.adminUrl, async (admin) => {
    rows = (await admin.query<object>(text, values)).rows;
  });
  return rows;
}

const effects = (): Promise<Effect> =>
  sql(`SELECT (SELECT count(*) FROM wallet.transfers) AS transfers, (SELECT count(*) FROM platform.outbox_events) AS events,
       (SELECT json_agg(p) FROM wallet.team_policies p) AS policies, (SELECT json_agg(w.available) FROM wallet.wallets w) AS credits`);
const claim = (key: string): Promise<Effect> =>
  sql('SELECT state, attempt FROM platform.idempotency_keys WHERE key = $1', [key]);

function send({ method, path, body }: KeyedWrite, key: string): Promise<Answer> {
  const url = wallet.url + path.replace(':wallet', walletId);
  return call(url, { method, headers: { authorization, 'idempotency-key': key }, body });
}

/** No two writes of a run are alike. */
let amount = 70;

const policy = (): KeyedWrite => ({
  method: 'PUT',
  path: '/wallet/v1/policies/team',
  body: { roles: ['admin'], dailyCapCredits: (amount += 1) },
  status: 200,
  stores: 'idempotency_store_atomic',
});
const topUp = (): KeyedWrite => ({
  method: 'POST',
  path: '/wallet/v1/wallets/:wallet/top-ups',
  body: { amount: (amount += 1) },
  status: 201,
  stores: 'idempotency_store_operation',
});

/** Sends the write, and ends the process at `moment`: nobody hears the answer. */
async function killedAt(moment: Moment, write: KeyedWrite, key: string): Promise<void> {
  const there = held.hold(moment, write.stores);
  const lost = expect(send(write, key)).rejects.toThrow();
  await there;
  await wallet.kill();
  await lost;
}

describe('kill -9 of a service in the middle of a keyed write', () => {
  let key: string;

  beforeEach(async () => {
    key = randomUUID();
    await startWallet();
  });

  describe('between claim and commit', () => {
    it("of kind 'atomic': nothing happened, and the same key does it at once", async () => {
      const write = policy();
      const before = await effects();
      await killedAt('before the statement', write, key);
      await startWallet();
      expect([await effects(), await claim(key)]).toEqual([before, []]);
      const answer = await send(write, key);
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([write.status, null]);
      await expectReplay(write, key, answer);
    });

    it("of kind 'operation': 409 until its lease is over, then the same key does it once", async () => {
      const write = topUp();
      const before = await effects();
      await killedAt('before the statement', write, key);
      await startWallet();
      expect([await effects(), await claim(key)]).toEqual([before, [{ state: 'running', attempt: 1 }]]);
      const busy = await send(write, key);
      expect([busy.status, busy.error?.code, busy.headers.get('retry-after')]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS', '1']); // prettier-ignore
      expect((await send(topUp(), key)).status).toBe(422);
      await sql(`UPDATE platform.idempotency_keys SET lease_until = now() - interval '1 second' WHERE key = $1`, [key]); // prettier-ignore
      const answer = await send(write, key);
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([write.status, null]);
      expect(await claim(key)).toEqual([{ state: 'stored', attempt: 2 }]);
      await expectReplay(write, key, answer);
    });
  });

  it.each([
    ['atomic', policy],
    ['operation', topUp],
  ] as const)(
    "after the commit and before the answer, of kind '%s': the same key gets the answer; it happened once",
    async (_, make) => {
      const write = make();
      const before = await effects();
      await killedAt('after its commit', write, key);
      const after = await effects();
      expect(after).not.toEqual(before);
      await startWallet();
      const answer = await send(write, key);
      expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([write.status, 'true']);
      expect(answer.data).toMatchObject(write.path.includes('policies') ? write.body : { id: walletId });
      expect(await effects()).toEqual(after);
      await expectReplay(write, key, answer);
    },
  );
});

describe('with a Redis that goes away', () => {
  let redis: ChildProcess;

  beforeEach(async () => {
    const port = await freePort();
    redis = await startRedis(port);
    await startWallet({ REDIS_URL: `redis://127.0.0.1:${port}` });
  });
  afterEach(() => killed(redis));

  it.each([
    ['atomic', policy],
    ['operation', topUp],
  ] as const)("keys of kind '%s' mean the same as before", async (_, make) => {
    const write = make();
    const key = randomUUID();
    const answer = await send(write, key);
    expect(answer.status).toBe(write.status);
    await killed(redis);
    await expectReplay(write, key, answer);
    expect((await send(make(), key)).error?.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const [other, itsKey] = [make(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(other, itsKey)));
    expect(answers.filter(({ status }) => status === write.status).length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => ![write.status, 409].includes(status))).toEqual([]);
    await expectReplay(other, itsKey, await send(other, itsKey));
  });
});

/** The same request again: the same bytes, and nothing happens. */
async function expectReplay(write: KeyedWrite, key: string, first: Answer): Promise<void> {
  const before = await effects();
  const again = await send(write, key);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect([again.status, again.text]).toEqual([first.status, first.text]);
  for (const name of ['content-type', 'location'])
    expect(again.headers.get(name)).toBe(first.headers.get(name));
  expect(await effects()).toEqual(before);
}

async function startRedis(port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes('Ready to accept connections')) break;
  }
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
