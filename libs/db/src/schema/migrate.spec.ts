import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testClusterUrl } from '@eventzr/testing/database';
import type pg from 'pg';
import { migrate } from './migrate.js';
import { prismaFolder, withAccount, withClient, withDatabase } from './names.js';
import { provision } from './provision.js';

const PASSWORDS = { app: 'test-password', job: 'test-password' };
const TENANT = `tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id)`;

describe('provision and migrate', () => {
  let cluster: string;
  let database: string;
  let folder: string;
  const base = `t_migrate_base_${randomBytes(6).toString('hex')}`;

  beforeAll(async () => {
    cluster = testClusterUrl();
    await provision({ adminUrl: cluster, service: 'vault', passwords: PASSWORDS, database: base });
    await migrate({
      adminUrl: cluster,
      service: 'vault',
      database: base,
      folder: join(tmpdir(), 'no-migrations'),
    });
  });

  afterAll(() => sql(`DROP DATABASE ${base} WITH (FORCE)`, cluster));

  beforeEach(() => {
    database = `t_migrate_${randomBytes(6).toString('hex')}`;
    folder = mkdtempSync(join(tmpdir(), 'eventzr-migrations-'));
  });

  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await sql(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`, cluster);
  });

  const make = () => provision({ adminUrl: cluster, service: 'vault', passwords: PASSWORDS, database });
  const clone = () =>
    provision({ adminUrl: cluster, service: 'vault', passwords: PASSWORDS, database, template: base });
  const run = () => migrate({ adminUrl: cluster, service: 'vault', database, folder });
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder, 'migrations', name), { recursive: true });
    writeFileSync(join(folder, 'migrations', name, 'migration.sql'), text);
  };
  const share = (...names: string[]): void =>
    writeFileSync(join(folder, 'shared-tables.json'), JSON.stringify(names));
  const sql = async <Row extends pg.QueryResultRow>(
    text: string,
    url = withDatabase(cluster, database),
  ): Promise<Row[]> => withClient(url, async (client) => (await client.query<Row>(text)).rows);
  const as = (role: 'app' | 'job'): string =>
    withAccount(withDatabase(cluster, database), `vault_${role}`, PASSWORDS[role]);
  const own = (): Promise<{ migration_name: string }[]> =>
    sql('SELECT migration_name FROM vault._prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1');

  describe('provision', () => {
    it('may be repeated, and at once', async () => {
      await make();
      await Promise.all(Array.from({ length: 8 }, make));
      expect(await sql('SELECT current_user AS name', as('app'))).toEqual([{ name: 'vault_app' }]);
    });

    it('makes roles without power, whose only membership is the queue of the job role', async () => {
      await make();
      const roles = await sql<{ rolname: string }>(
        `SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS powerful,
         ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = r.oid) AS member_of FROM pg_roles r WHERE rolname LIKE 'vault\\_%' ORDER BY 1`,
      );
      const role = (name: string, login: boolean, memberOf: string[] = []) => ({
        rolname: `vault_${name}`,
        rolcanlogin: login,
        powerful: false,
        member_of: memberOf,
      });
      expect(roles).toEqual([
        role('app', true),
        role('job', true, ['vault_queue']),
        role('owner', false),
        role('queue', false),
      ]);
    });

    it('lets no other service in', async () => {
      await make();
      await provision({ adminUrl: cluster, service: 'wallet', passwords: PASSWORDS });
      const stranger = withAccount(withDatabase(cluster, database), 'wallet_app', PASSWORDS.app);
      await expect(sql('SELECT 1', stranger)).rejects.toThrow(/permission denied for database/);
      await expect(sql('CREATE TABLE mine (n int)', as('app'))).rejects.toThrow(/permission denied/);
    });
  });

  describe('migrate', () => {
    beforeEach(clone);

    it('applies what is missing, once, also when three run at once', async () => {
      write(
        '20260101000000_first',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots', '{tenant_id,id}')`,
      );
      const runs = await Promise.all([run(), run(), run()]);
      expect(runs.flat().filter((name) => name === 'vault/20260101000000_first')).toHaveLength(1);
      write('20260102000000_second', 'ALTER TABLE pots ADD COLUMN label text');
      expect(await run()).toEqual(['vault/20260102000000_second']);
      expect(await run()).toEqual([]);
      expect(await own()).toHaveLength(2);
    });

    it('refuses a migration that was edited after it was applied', async () => {
      write('20260101000000_first', `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots')`);
      await run();
      write('20260101000000_first', `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots');`);
      await expect(run()).rejects.toThrow(/first was edited after it was applied: restore the file/);
    });

    it('keeps nothing of a migration that failed, says where, and runs it again once it is mended', async () => {
      write('20260101000000_first', `CREATE TABLE pots (${TENANT});\n\nSELECT nonsense();`);
      await expect(run()).rejects.toThrow(
        /vault\/20260101000000_first failed: function nonsense\(\) does not exist \(line 3\)/,
      );
      expect(await sql(`SELECT to_regclass('vault.pots') AS pots`)).toEqual([{ pots: null }]);
      write('20260101000000_first', `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots')`);
      expect(await run()).toContain('vault/20260101000000_first');
    });

    it('runs a migration again whose run was killed', async () => {
      await run();
      await sql(
        `INSERT INTO vault._prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '20260101000000_first')`,
      );
      write('20260101000000_first', `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots')`);
      expect(await run()).toContain('vault/20260101000000_first');
    });

    it('says in one line that the server cannot be reached', async () => {
      const away = migrate({ adminUrl: 'postgresql://postgres:x@127.0.0.1:1/postgres', service: 'vault' });
      await expect(away).rejects.toThrow(
        /^Cannot migrate vault on 127\.0\.0\.1:1\/eventzr_vault: connect ECONNREFUSED 127\.0\.0\.1:1$/,
      );
    });

    it.each([
      ['has no forced row level security', `CREATE TABLE pots (${TENANT})`],
      [
        'has no forced row level security',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); ALTER TABLE pots NO FORCE ROW LEVEL SECURITY`,
      ],
      [
        'has no tenant policy',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); DROP POLICY tenant ON pots`,
      ],
      [
        'has no tenant policy',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); ALTER POLICY tenant ON pots WITH CHECK (true)`,
      ],
      [
        'does not ask for the tenant',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); CREATE POLICY wide ON pots FOR SELECT TO vault_app USING (true)`,
      ],
      [
        'does not ask for the tenant',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); CREATE POLICY wide ON pots FOR INSERT WITH CHECK (true)`,
      ],
      [
        'may be truncated',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); GRANT TRUNCATE ON pots TO vault_app`,
      ],
      ['is not on shared-tables.json', 'CREATE TABLE pots (id int)'],
    ])('refuses a table that %s', async (fault, text) => {
      write('20260101000000_first', text);
      await expect(run()).rejects.toThrow(
        new RegExp(`^The tables of vault do not keep tenants apart: vault.pots .*${fault}`),
      );
    });

    it('lets a listed table be shared, to read only', async () => {
      write('20260101000000_first', `CREATE TABLE plans (id int); SELECT platform.share('plans')`);
      share('plans');
      await run();
      expect(await sql('SELECT * FROM plans', as('app'))).toEqual([]);
      await expect(sql('INSERT INTO plans VALUES (1)', as('app'))).rejects.toThrow(/permission denied/);
    });

    it('lets a service look across tenants only as its owner, on purpose', async () => {
      write(
        '20260101000000_first',
        `CREATE TABLE pots (${TENANT}); SELECT platform.protect('pots'); CREATE POLICY look ON pots FOR SELECT TO vault_owner USING (true);
         CREATE FUNCTION count_pots() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = vault AS 'SELECT count(*) FROM pots';`,
      );
      await run();
      await sql('INSERT INTO vault.pots VALUES (gen_random_uuid(), gen_random_uuid())');
      expect(await sql('SELECT count_pots() AS n, (SELECT count(*) FROM pots) AS mine', as('app'))).toEqual([
        { n: '1', mine: '0' },
      ]);
    });
  });

  describe('the queue', () => {
    it('takes jobs from the app role through jobs.enqueue alone, inside its transaction', async () => {
      await make();
      expect(await run()).toContain('platform/20260101000000_helpers');
      await expect(sql(`SELECT graphile_worker.add_job('draw')`, as('app'))).rejects.toThrow(
        /permission denied/,
      );
      await sql(`BEGIN; SELECT jobs.enqueue('draw', '{"id":1}'); ROLLBACK`, as('app'));
      await sql(
        `SELECT jobs.enqueue('draw', '{"id":2}', 'key'); SELECT jobs.enqueue('draw', '{"id":3}', 'key')`,
        as('app'),
      );
      expect(await sql('SELECT payload FROM graphile_worker._private_jobs', as('job'))).toEqual([
        { payload: { id: 3 } },
      ]);
      await expect(sql('CREATE SCHEMA elsewhere', as('job'))).rejects.toThrow(/permission denied/);
    });
  });

  describe('a managed cluster, whose master is no superuser', () => {
    it('can be provisioned and migrated', async () => {
      const stem = randomBytes(4).toString('hex');
      await sql(`CREATE ROLE master_${stem} LOGIN CREATEROLE CREATEDB PASSWORD 'master'`, cluster);
      const master = withAccount(cluster, `master_${stem}`, 'master');
      // Roles that another admin made are not the master's: on a managed cluster it makes all of them itself.
      for (const role of ['owner', 'queue', 'app', 'job'])
        await sql(`GRANT vault_${role} TO master_${stem} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`, cluster);
      await provision({ adminUrl: master, service: 'vault', passwords: PASSWORDS, database });
      cpSync(join(prismaFolder(), '..', 'libs/testing/prisma'), folder, { recursive: true });
      expect(await migrate({ adminUrl: master, service: 'vault', database, folder })).toContain(
        'vault/20260101000000_notes',
      );
      expect(await migrate({ adminUrl: master, service: 'vault', database, folder })).toEqual([]);
      expect(await sql(`SELECT count(*)::int AS n FROM notes`, as('app'))).toEqual([{ n: 0 }]);
      await sql(`DROP DATABASE ${database} WITH (FORCE)`, cluster);
      await sql(`DROP OWNED BY master_${stem} CASCADE; DROP ROLE master_${stem}`, cluster);
    });
  });
});
