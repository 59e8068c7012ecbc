import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withClient } from '../schema/names.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.js';
import { takeLock } from './lock.js';
import { commandLine, processStart, signal, waitUntilGone } from './processes.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const SETTINGS = { fsync: 'off' };
const NOBODY = { uid: 65534, gid: 65534 };
const asRoot = process.getuid?.() === 0;

describe('the embedded Postgres', () => {
  let dataDir: string;
  const kept = mkdtempSync(join(tmpdir(), 'eventzr-embedded-'));
  const running: EmbeddedPostgres[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'eventzr-embedded-'));
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((cluster) => cluster.stop()));
    rmSync(dataDir, { recursive: true, force: true });
  });

  afterAll(() => rmSync(kept, { recursive: true, force: true }));

  const start = async (options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> => {
    const cluster = await startEmbeddedPostgres({ dataDir: kept, settings: SETTINGS, ...options });
    running.push(cluster);
    return cluster;
  };
  const ask = <Row>(cluster: EmbeddedPostgres, text: string): Promise<Row[]> =>
    withClient(cluster.adminUrl, async (client) => (await client.query(text)).rows as Row[]);

  it('makes its data once and finds it again', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS n');
    await first.stop();
    await first.stop();
    expect(await ask(await start(), 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
  });

  it('listens on loopback alone, asks everybody for a password and takes 200 connections', async () => {
    const cluster = await start();
    const [settings] = await ask(
      cluster,
      `SELECT current_setting('listen_addresses') AS host, current_setting('max_connections') AS max, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(settings).toEqual({ host: '127.0.0.1', max: '200', sockets: '' });
    const open = cluster.adminUrl.replace(/:[^:@]+@/, ':guess@');
    await expect(withClient(open, () => Promise.resolve())).rejects.toThrow(/password authentication failed/);
    expect(statSync(join(kept, 'secrets', 'database-admin')).mode & 0o777).toBe(0o600);
  });

  it('leaves a living run alone: a second start is refused and the first goes on', async () => {
    const cluster = await start();
    await expect(start()).rejects.toThrow(
      `The data folder ${kept} is in use by process ${process.pid}: stop that run first`,
    );
    expect(await ask(cluster, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('cleans up after a run that was killed, and keeps what it had committed', async () => {
    const { child, serverPid } = await startElsewhere(kept);
    child.kill('SIGKILL');
    await waitUntilGone(child.pid ?? 0, 5_000);
    expect(commandLine(serverPid)).toContain(` -D ${join(kept, 'pg')} `); // the orphan lives
    const cluster = await start();
    expect(processStart(serverPid)).toBeUndefined();
    expect(await ask(cluster, 'SELECT n FROM elsewhere')).toEqual([{ n: 7 }]);
  });

  it('recovers when the server itself was killed', async () => {
    const cluster = await start();
    await ask(cluster, 'CREATE TABLE after_crash AS SELECT 1 AS n');
    signal(cluster.pid, 'SIGKILL');
    await cluster.exited;
    expect(await ask(await start(), 'SELECT n FROM after_crash')).toEqual([{ n: 1 }]);
  });

  it('does not mistake a stranger for its orphan', async () => {
    await (await start()).stop();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(join(kept, 'pg', 'postmaster.pid'), `${stranger.pid}\n`);
    await start();
    expect(processStart(stranger.pid ?? 0)).toBeDefined();
    stranger.kill();
  });

  it('takes over a lock whose holder is dead, or whose pid went to somebody else', async () => {
    for (const holder of [{ pid: 2 ** 22 + 1, start: '1' }, { pid: process.ppid, start: 'long ago' }, {}]) {
      writeFileSync(join(dataDir, 'lock'), JSON.stringify(holder));
      const lock = takeLock(join(dataDir, 'lock'));
      expect(() => takeLock(join(dataDir, 'lock'))).toThrow(`held by process ${process.pid}`);
      lock.release();
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    }
  });

  it('starts over when the first start was killed half-way', async () => {
    mkdirSync(join(dataDir, 'pg.new'), { mode: 0o700 });
    writeFileSync(join(dataDir, 'pg.new', 'half'), '');
    expect(await ask(await start({ dataDir }), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(existsSync(join(dataDir, 'pg.new'))).toBe(false);
  });

  it.each([
    [
      'a file where the folder should be',
      (folder: string) => (writeFileSync(`${folder}/file`, ''), `${folder}/file`),
    ],
    ['a folder that cannot be made', () => '/proc/eventzr/data'],
  ])('says in one line that it cannot use %s', async (_, place) => {
    const folder = place(dataDir);
    await expect(start({ dataDir: folder })).rejects.toThrow(
      new RegExp(
        `^The data folder ${folder} is not writable \\([^\\n]+\\): set DATA_DIR to a folder that is$`,
      ),
    );
  });

  it('says in one line why the server does not start', async () => {
    const wrong = start({ settings: { ...SETTINGS, shared_buffers: 'much' } });
    await expect(wrong).rejects.toThrow(
      /^The database in \S+ does not start: [^\n]*"?shared_buffers"?[^\n]*postgres\.log\)$/,
    );
    const busy = await start();
    await expect(start({ dataDir, port: busy.port })).rejects.toThrow(
      /does not start: [^\n]*(could not create|in use)/i,
    );
  });

  // A normal user runs all of the above as itself; root has ways of its own.
  if (!asRoot) return;

  it('runs as nobody from a folder that only root may enter', async () => {
    const home = join(dataDir, 'home');
    mkdirSync(home, { mode: 0o700 });
    const cluster = await start({ dataDir: join(home, 'checkout', '.data') });
    expect(statSync(join(home, 'checkout', '.data')).mode & 0o777).toBe(0o755);
    expect(await ask(cluster, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('moves binaries and data to where nobody can reach them when there are no user namespaces', async () => {
    const copies = mkdtempSync(join(tmpdir(), 'eventzr-copies-'));
    chmodSync(copies, 0o755);
    await ask(await start({ dataDir }), 'CREATE TABLE moved AS SELECT 5 AS n');
    await running.pop()?.stop();
    chmodSync(dataDir, 0o700);
    const copied = await start({ dataDir, mode: 'copied', copies });
    expect(await ask(copied, 'SELECT n FROM moved')).toEqual([{ n: 5 }]);
    expect(statSync(`/proc/${copied.pid}`).uid).toBe(65534);
    await copied.stop();
    // Later starts stay with the copy, whatever is possible then.
    expect(await ask(await start({ dataDir, copies }), 'SELECT n FROM moved')).toEqual([{ n: 5 }]);
    await running.pop()?.stop();
    rmSync(copies, { recursive: true });
  });

  if (!nobodyMayRead(ROOT)) return;

  it('runs as a normal user', async () => {
    chownSync(dataDir, NOBODY.uid, NOBODY.gid);
    const { child } = await startElsewhere(dataDir, NOBODY);
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    expect(statSync(join(dataDir, 'pg')).uid).toBe(NOBODY.uid);
  });
});

function nobodyMayRead(folder: string): boolean {
  return (
    spawnSync(process.execPath, ['--version'], { ...NOBODY, cwd: '/' }).status === 0 &&
    (statSync(folder).mode & 0o005) === 0o005
  );
}

/** A run in a process of its own, on the built library, that has committed one table. */
async function startElsewhere(
  dataDir: string,
  ids: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; serverPid: number }> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(ROOT, 'libs/db/dist/index.js'))};
    import pg from 'pg';
    const cluster = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { synchronous_commit: 'on' } });
    const client = new pg.Client({ connectionString: cluster.adminUrl });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS elsewhere AS SELECT 7 AS n');
    await client.end();
    process.once('SIGTERM', () => void cluster.stop());
    console.log('pid ' + cluster.pid);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    ...ids,
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const serverPid = await new Promise<number>((done, failed) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const pid = /pid (\d+)/.exec(output)?.[1];
      if (pid !== undefined) done(Number(pid));
    });
    child.once('exit', () => failed(new Error('the other run ended early')));
  });
  return { child, serverPid };
}
