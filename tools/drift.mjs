// Compares what the migrations make with what prisma/<svc>/schema.prisma says, on a database of its own. Prisma's
// schema engine runs as WebAssembly, since the native one is fetched from the net. Exit 1 with the SQL on drift.
// Policies, grants and CHECKs are not part of a Prisma schema; the specs and the migration's own check see to them.
import { mkdtempSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { snakeName } from '@eventzr/config';
import { migrate, provision, startEmbeddedPostgres, withDatabase } from '@eventzr/db';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const CHAR = { oid: 18, asText: 25, columnType: 6 };

const wanted = process.argv.slice(2);
const services = readdirSync(path.join(root, 'prisma'))
  .filter((name) => existsSync(path.join(root, 'prisma', name, 'schema.prisma')))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

await loadEngine();
const dataDir = mkdtempSync(path.join(tmpdir(), 'eventzr-drift-'));
let cluster;
try {
  cluster = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', full_page_writes: 'off' } });
  for (const service of services) await check(service, cluster.adminUrl);
} catch (error) {
  console.error(`Drift check stopped: ${error.message}`);
  process.exitCode = 1;
} finally {
  await cluster?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function check(service, adminUrl) {
  await provision({ adminUrl, service, passwords: { app: 'drift', job: 'drift' } });
  await migrate({ adminUrl, service });
  const sql = await difference(service, adminUrl);
  console.log(
    `${service}: ${sql === '' ? 'schema.prisma and migrations agree' : 'DRIFT, the migrations lack or add:'}`,
  );
  if (sql === '') return;
  console.log(sql);
  process.exitCode = 1;
}

/** The SQL that leads from the migrated database to the schema; empty when they agree. */
async function difference(service, adminUrl) {
  const schemaName = snakeName(service);
  const file = path.join(root, 'prisma', service, 'schema.prisma');
  const files = [{ path: file, content: readFileSync(file, 'utf8') }];
  const pool = new pg.Pool({
    connectionString: withDatabase(adminUrl, `eventzr_${schemaName}`),
    max: 2,
    options: `-c search_path=${schemaName}`,
  });
  pool.on('error', () => undefined);
  const adapters = new PrismaPg(pool, { schema: schemaName });
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: adapters.adapterName,
    connect: async () => readChars(await adapters.connect(), pool),
    connectToShadowDb: () => Promise.reject(new Error('no shadow database is needed')),
  });
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: files.map((each) => [each.path, each.content]) },
    () => undefined,
    factory,
  );
  try {
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: path.dirname(file) },
      to: { tag: 'schemaDatamodel', files },
      shadowDatabaseUrl: null,
      script: true,
      exitCode: true,
      filters: {
        externalTables: [`${schemaName}._prisma_migrations`],
        externalEnums: [],
      },
    });
    return result.exitCode === 0 ? '' : (result.stdout ?? '').trim();
  } finally {
    engine.free();
    await pool.end();
  }
}

/** adapter-pg does not know the catalog's one-byte type "char", which the engine asks for: hand it on as text. */
function readChars(adapter, pool) {
  const chars = new Map();
  const query = pool.query.bind(pool);
  pool.query = async (config, ...rest) => {
    const result = await query(config, ...rest);
    const columns = (result.fields ?? []).flatMap(({ dataTypeID }, column) =>
      dataTypeID === CHAR.oid ? [column] : [],
    );
    for (const column of columns) result.fields[column].dataTypeID = CHAR.asText;
    if (columns.length > 0) chars.set(config.text, columns);
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const column of chars.get(statement.sql) ?? []) result.columnTypes[column] = CHAR.columnType;
    return result;
  };
  return adapter;
}

async function loadEngine() {
  const require = createRequire(import.meta.url);
  const wasm = path.join(
    path.dirname(require.resolve('@prisma/schema-engine-wasm')),
    'schema_engine_bg.wasm',
  );
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    './schema_engine_bg.js': engineModule,
  });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
