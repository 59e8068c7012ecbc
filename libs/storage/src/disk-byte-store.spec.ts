import { mkdtemp, readdir, rm, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { byteStoreConformance } from './byte-store.conformance.js';
import { DiskByteStore } from './disk-byte-store.js';

const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eventzr-storage-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

byteStoreConformance('DiskByteStore', async () => new DiskByteStore(await freshFolder()));

describe('DiskByteStore', () => {
  it('leaves no temporary file behind, whether the write succeeds or fails', async () => {
    const folder = await freshFolder();
    const store = new DiskByteStore(folder);
    await store.put('a/b', Buffer.from('x'), { mimeType: 'text/plain' });
    await store.put('a/c', Buffer.alloc(9), { mimeType: 'text/plain', maxBytes: 3 }).catch(() => undefined);
    expect(await readdir(join(folder, '.incomplete'))).toEqual([]);
  });

  it('sweeps what a crash left, but not what is being written', async () => {
    const folder = await freshFolder();
    const store = new DiskByteStore(folder);
    await mkdir(join(folder, '.incomplete'));
    await writeFile(join(folder, '.incomplete', 'old'), 'x');
    await utimes(join(folder, '.incomplete', 'old'), 1000, 1000);
    await writeFile(join(folder, '.incomplete', 'new'), 'x');
    expect(await store.sweepIncomplete(new Date(2_000_000))).toBe(1);
    expect(await readdir(join(folder, '.incomplete'))).toEqual(['new']);
  });

  it('drops folders that became empty', async () => {
    const folder = await freshFolder();
    const store = new DiskByteStore(folder);
    await store.put('tenants/t/assets/a/original', Buffer.from('x'), { mimeType: 'text/plain' });
    await store.remove('tenants/t/assets/a/original');
    expect(await readdir(folder)).toEqual(['.incomplete']);
  });

  it('says that the disk is full, and nothing about where it is', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write /secret/place'), {
      code: 'ENOSPC',
    });
    const source = Readable.from(
      (async function* () {
        yield Buffer.from('x');
        throw await Promise.resolve(full);
      })(),
    );
    const put = new DiskByteStore(await freshFolder()).put('a', source, { mimeType: 'text/plain' });
    await expect(put).rejects.toMatchObject({ kind: 'full', message: 'The storage is full' });
  });

  it('does not take a folder for an object', async () => {
    const store = new DiskByteStore(await freshFolder());
    await store.put('a/b', Buffer.from('x'), { mimeType: 'text/plain' });
    expect(await store.stat('a')).toBeNull();
    await expect(store.read('a')).rejects.toMatchObject({ kind: 'not-found' });
  });
});
