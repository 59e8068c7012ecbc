import { createServer } from 'node:http';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RefusedStart } from './process.js';
import { freePort, PlatformProcess } from './process.js';

/** A start that cannot work stops with one clear line that says what to do. */
describe('npm start on a bad day', () => {
  const started: PlatformProcess[] = [];

  afterEach(async () => {
    for (const platform of started.splice(0)) {
      await platform.end('SIGKILL');
      rmSync(platform.dataDir, { recursive: true, force: true });
    }
  });

  it('a taken port', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const refused = await platform(port).tryStart();
    other.close();
    expectOneLine(refused, /port \d+ is taken.*set PORT/);
  });

  it('a second start on the data of a living one leaves the first alone', async () => {
    const first = platform(await freePort());
    await first.start();
    const second = platform(await freePort(), {}, first.dataDir);
    expectOneLine(await second.tryStart(), /in use by process \d+.*DATA_DIR/);
    expect((await first.call('/auth/v1/health/ready')).status).toBe(200);
  });

  it('a data folder that cannot be one', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'eventzr-file-')), 'data');
    writeFileSync(file, '');
    expectOneLine(await platform(await freePort(), {}, file).tryStart(), /DATA_DIR/);
  });

  it('a database that is not reachable', async () => {
    const url = `postgresql://postgres:x@127.0.0.1:${await freePort()}/postgres`;
    expectOneLine(await platform(await freePort(), { DATABASE_URL: url }).tryStart(), /127\.0\.0\.1/);
  });

  it('a secret that is too weak', async () => {
    expectOneLine(
      await platform(await freePort(), { URL_SIGNING_KEY: 'short' }).tryStart(),
      /URL_SIGNING_KEY/,
    );
  });

  it('a setting that is none', async () => {
    expectOneLine(
      await platform(await freePort(), { PORT: 'eighty' }).tryStart(),
      /PORT must be a port number/,
    );
  });

  it('SIGTERM to npm alone stops the platform behind it, and its data is free again', async () => {
    const first = new PlatformProcess(await freePort(), undefined, {}, ['npm', 'start']);
    started.push(first);
    await first.start();
    await first.end('SIGTERM');
    await ended(first);
    const second = platform(first.port, {}, first.dataDir);
    await second.start();
    expect((await second.call('/auth/v1/health/ready')).status).toBe(200);
  });

  /** Looks until the data folder is given back; the test's own limit ends it. */
  async function ended({ dataDir }: PlatformProcess): Promise<void> {
    while (existsSync(join(dataDir, 'lock'))) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  function platform(
    port: number,
    environment: Record<string, string> = {},
    dataDir?: string,
  ): PlatformProcess {
    const made = new PlatformProcess(port, dataDir, environment);
    started.push(made);
    return made;
  }

  function expectOneLine(refused: RefusedStart | undefined, what: RegExp): void {
    expect(refused).toBeDefined();
    const lines = (refused?.stderr ?? '')
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(what);
    expect(refused?.exitCode).toBe(1);
  }
});
