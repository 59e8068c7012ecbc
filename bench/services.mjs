// Services of the house as a fleet runs them: their own main.js, production mode, log level and rate limit on, over an
// embedded Postgres that flushes every commit to the disk.
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { SERVICE_NAMES } from '@eventzr/config';
import { migrate, namesOf, provision, startEmbeddedPostgres, withAccount, withDatabase } from '@eventzr/db';
import { TokenMint } from '@eventzr/testing';
import pg from 'pg';
import { freePort, root, stop, untilReady } from './harness.mjs';
import { userWalletId } from '../apps/wallet/dist/wallets/wallet-ids.js';

export const TENANT = '00000000-0000-0000-0000-000000000001';
const PASSWORD = 'bench-password';
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const UNLIMITED = '1000000000';
const USERS = 200;
const CREDITS = 1_000_000_000;

/** One cluster for all rows of a run. */
export function cluster(bench) {
  return (bench.cluster ??= startCluster(bench));
}

async function startCluster(bench) {
  const postgres = await startEmbeddedPostgres({ dataDir: bench.temporaryFolder('pg'), settings: DURABLE });
  bench.defer(() => postgres.stop());
  return postgres;
}

/** A migrated database of `service`, with the URLs of its two roles. */
export async function database(bench, service) {
  bench.databases ??= new Map();
  if (!bench.databases.has(service)) bench.databases.set(service, makeDatabase(bench, service));
  return bench.databases.get(service);
}

async function makeDatabase(bench, service) {
  const { adminUrl } = await cluster(bench);
  const { database: name, app, job } = namesOf(service);
  await provision({ adminUrl, service, passwords: { app: PASSWORD, job: PASSWORD } });
  await migrate({ adminUrl, service });
  const url = withDatabase(adminUrl, name);
  return { adminUrl: url, appUrl: withAccount(url, app, PASSWORD), jobUrl: withAccount(url, job, PASSWORD) };
}

/** The wallet's database with users who have credits. */
export async function ledger(bench) {
  const urls = await database(bench, 'wallet');
  return (bench.ledger ??= fillLedger(urls));
}

async function fillLedger(urls) {
  const users = Array.from({ length: USERS }, () => randomUUID());
  const admin = new pg.Client({ connectionString: urls.adminUrl });
  await admin.connect();
  try {
    for (const user of users) {
      await admin.query(
        `SELECT wallet.issue($1, now(), $2, 'user', $3, $4, 'grant', $5, 'seed', NULL, 100, false, NULL, 'system', 'bench')`,
        [TENANT, userWalletId(TENANT, user), user, randomUUID(), CREDITS],
      );
    }
    await admin.query('VACUUM ANALYZE');
  } finally {
    await admin.end();
  }
  return { ...urls, users, walletOf: (user) => userWalletId(TENANT, user) };
}

/** Plays auth: signs tokens and serves the revocation feed. */
export async function tokens(bench) {
  bench.mint ??= TokenMint.start().then((mint) => {
    bench.defer(() => mint.close());
    return mint;
  });
  return bench.mint;
}

/** `apps/<service>/dist/main.js` on the measured core; `entry` may be `worker`, `measured` as `Bench.command` takes it. */
export async function startService(bench, service, extra = {}, { entry = 'main', measured = true } = {}) {
  const [{ appUrl, jobUrl }, mint] = await Promise.all([database(bench, service), tokens(bench)]);
  const [port, internalPort] = [await freePort(), await freePort()];
  const environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    EVENTZR_MODE: 'production',
    HOST: '127.0.0.1',
    INTERNAL_HOST: '127.0.0.1',
    PORT: String(port),
    INTERNAL_PORT: String(internalPort),
    DATABASE_URL: appUrl,
    JOB_DATABASE_URL: jobUrl,
    AUTH_INTERNAL_URL: mint.url,
    SERVICE_KEY: serviceKey(service),
    SERVICE_KEY_DIGESTS: SERVICE_NAMES.map((name) => `${name}:${digest(serviceKey(name))}`).join(','),
    RATE_LIMIT_BASE_PER_MINUTE: UNLIMITED,
    RATE_LIMIT_PRO_PER_MINUTE: UNLIMITED,
    RATE_LIMIT_ENTERPRISE_PER_MINUTE: UNLIMITED,
    ...extra,
  };
  const script = join(root, 'apps', service, `dist/${entry}.js`);
  const child = bench.spawn([script], { measured, environment });
  await untilReady(`http://127.0.0.1:${port}/${service}/v1/health/ready`, child);
  return { pid: child.pid, port, internalPort, stop: () => stop(child) };
}

/** The wallet service, started once for all rows that call it. */
export function walletService(bench) {
  return (bench.wallet ??= startService(bench, 'wallet'));
}

/** Headers with which `caller` names itself on private routes. */
export function serviceHeaders(caller) {
  return { 'x-service-name': caller, 'x-service-key': serviceKey(caller) };
}

function serviceKey(service) {
  return `bench-service-key-of-${service}`.padEnd(40, '-');
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}
