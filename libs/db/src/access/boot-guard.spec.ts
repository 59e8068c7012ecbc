import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { asAdmin } from '@eventzr/testing/database';
import { FixedTenant, startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/embedded-postgres.js';
import { namesOf, withAccount } from '../schema/names.js';
import { assertBootable } from './boot-guard.js';
import { Connections } from './connections.js';

describe('assertBootable', () => {
  let fixture: FixtureService;
  let cluster: EmbeddedPostgres;
  let prismaDir: string;
  const dataDir = mkdtempSync(join(tmpdir(), 'eventzr-boot-cluster-'));
  const opened: Connections[] = [];
  const stranger = 'stranger';

  // Roles belong to the cluster, and other specs run as them: what spoils roles needs a cluster of its own.
  beforeAll(async () => {
    cluster = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    process.env.EVENTZR_TEST_CLUSTER = cluster.adminUrl;
    fixture = await startFixture();
    prismaDir = mkdtempSync(join(tmpdir(), 'eventzr-boot-'));
    await admin(`CREATE ROLE ${stranger} LOGIN PASSWORD 'x'`);
  });

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((connections) => connections.close()));
    rmSync(join(prismaDir, 'vault'), { recursive: true, force: true });
  });

  afterAll(async () => {
    await fixture.close();
    await cluster.stop();
    for (const folder of [prismaDir, dataDir]) rmSync(folder, { recursive: true });
  });

  const admin = (text: string) => asAdmin(fixture.database.adminUrl, (client) => client.query(text));
  const boot = (urls: { databaseUrl?: string; jobDatabaseUrl?: string } = {}) => {
    const connections = new Connections({
      ...fixture.connections.options,
      tenants: new FixedTenant(),
      ...urls,
    });
    opened.push(connections);
    return assertBootable(connections, prismaDir);
  };
  const plan = (name: string): void => {
    mkdirSync(join(prismaDir, 'vault', 'migrations', name), { recursive: true });
    writeFileSync(join(prismaDir, 'vault', 'migrations', name, 'migration.sql'), '');
  };

  it('lets a provisioned and migrated database pass, also one that is ahead of the code', async () => {
    await boot();
    plan('20260101000000_notes');
    await boot();
  });

  it('refuses a database that lacks migrations, and says how to bring them', async () => {
    plan('20990101000000_tomorrow');
    await expect(boot()).rejects.toThrow(
      'The database of vault lacks 1 migration(s), vault/20990101000000_tomorrow first: run npm run db:migrate -- vault',
    );
  });

  it('refuses a database that was never migrated', async () => {
    const bare = fixture.database.adminUrl.replace(fixture.database.database, 'postgres');
    const { app, job } = namesOf('vault');
    const urls = {
      databaseUrl: withAccount(bare, app, 'test-password'),
      jobDatabaseUrl: withAccount(bare, job, 'test-password'),
    };
    await expect(boot(urls)).rejects.toThrow(
      /lacks 1 migration\(s\), platform\/\* first: run npm run db:migrate -- vault/,
    );
  });

  it.each([
    ['a port where nobody listens', (url: string) => url.replace(/:\d+\//, ':1/'), /ECONNREFUSED/],
    ['an unknown database', (url: string) => `${url}_gone`, /does not exist/],
    [
      'a wrong password',
      (url: string) => url.replace('test-password', 'guess'),
      /password authentication failed/,
    ],
  ])('refuses %s without telling the password', async (_, change, reason) => {
    const refused = boot({ databaseUrl: change(fixture.connections.options.databaseUrl) });
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.toThrow(
      /^Cannot use the database of vault at 127\.0\.0\.1:\d+\/\S+ \([^\n]*\): check DATABASE_URL[^\n]*$/,
    );
    await expect(refused).rejects.not.toThrow(/test-password|guess/);
  });

  it('refuses any other role than the app and job roles', async () => {
    await expect(boot({ databaseUrl: fixture.database.adminUrl })).rejects.toThrow(
      /The role postgres of DATABASE_URL is not vault_app/,
    );
    await expect(boot({ jobDatabaseUrl: fixture.connections.options.databaseUrl })).rejects.toThrow(
      /JOB_DATABASE_URL is not vault_job/,
    );
  });

  it.each([
    ['may bypass row level security', 'ALTER ROLE vault_app BYPASSRLS', 'ALTER ROLE vault_app NOBYPASSRLS'],
    ['is a superuser', 'ALTER ROLE vault_app SUPERUSER', 'ALTER ROLE vault_app NOSUPERUSER'],
    [
      'owns vault.notes',
      'ALTER TABLE vault.notes OWNER TO vault_app',
      'ALTER TABLE vault.notes OWNER TO vault_owner',
    ],
    [`is a member of ${stranger}`, `GRANT ${stranger} TO vault_app`, `REVOKE ${stranger} FROM vault_app`],
    [`is a member of ${stranger}`, `GRANT ${stranger} TO vault_job`, `REVOKE ${stranger} FROM vault_job`],
    ['is a member of vault_queue', 'GRANT vault_queue TO vault_app', 'REVOKE vault_queue FROM vault_app'],
  ])('refuses a role that %s', async (fault, doIt, undo) => {
    await admin(doIt);
    try {
      await expect(boot()).rejects.toThrow(
        fault.replace(/^may bypass.*|^is a superuser/, 'is a superuser or may bypass row level security'),
      );
    } finally {
      await admin(undo);
    }
    await boot();
  });
});
