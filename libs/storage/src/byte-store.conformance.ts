import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import type { ByteRange, ByteStore } from './byte-store.js';

const ONE_MEBIBYTE = 1024 * 1024;

/** What every `ByteStore` must do: each adapter's spec runs this suite over a store of its own. */
export function byteStoreConformance(name: string, makeStore: () => Promise<ByteStore>): void {
  describe(`${name} keeps the promises of ByteStore`, () => {
    let store: ByteStore;
    let key: string;

    beforeEach(async () => {
      store = await makeStore();
      key = `tenants/${newId()}/assets/${newId()}/original`;
    });

    it('gives back what was put, with the length and SHA-256 of the real bytes', async () => {
      const content = randomBytes(3 * ONE_MEBIBYTE + 7);
      const stored = await store.put(key, Readable.from(slices(content)), { mimeType: 'image/png' });
      expect(stored).toEqual({ bytes: content.length, sha256: sha256(content) });
      // Compared by their digest: Jest takes seconds to compare megabytes.
      expect(sha256(await readAll(store, key))).toBe(sha256(content));
      expect(await store.stat(key)).toMatchObject({ key, size: content.length });
    });

    it('takes a buffer, also an empty one', async () => {
      await store.put(key, Buffer.from('plan'), { mimeType: 'text/plain' });
      expect((await readAll(store, key)).toString()).toBe('plan');
      expect(await store.put(key, Buffer.alloc(0), { mimeType: 'text/plain' })).toMatchObject({ bytes: 0 });
      expect(await readAll(store, key)).toHaveLength(0);
    });

    it.each<ByteRange>([
      { start: 0, end: 0 },
      { start: 3, end: 9 },
      { start: 990, end: 999 },
    ])('reads bytes $start to $end, both included', async (range) => {
      const content = randomBytes(1000);
      await store.put(key, content, { mimeType: 'image/png' });
      const part = await store.read(key, range);
      expect(part).toMatchObject({ bytes: range.end - range.start + 1, size: 1000 });
      expect(await collect(part.stream)).toEqual(content.subarray(range.start, range.end + 1));
    });

    it.each<ByteRange>([
      { start: 5, end: 10 },
      { start: -1, end: 2 },
      { start: 3, end: 2 },
      { start: 0.5, end: 2 },
    ])('refuses the range $start-$end of ten bytes', async (range) => {
      await store.put(key, Buffer.alloc(10), { mimeType: 'image/png' });
      await expect(store.read(key, range)).rejects.toMatchObject({ kind: 'range' });
    });

    it('knows nothing of a key that was never put', async () => {
      await expect(store.read(key)).rejects.toMatchObject({ kind: 'not-found' });
      expect(await store.stat(key)).toBeNull();
      await expect(store.remove(key)).resolves.toBeUndefined();
    });

    it('replaces an object in one step: a reader sees the old one or the new one', async () => {
      await store.put(key, Buffer.alloc(ONE_MEBIBYTE, 'a'), { mimeType: 'text/plain' });
      const reading = await store.read(key);
      await store.put(key, Buffer.alloc(ONE_MEBIBYTE, 'b'), { mimeType: 'text/plain' });
      expect(sha256(await collect(reading.stream))).toBe(sha256(Buffer.alloc(ONE_MEBIBYTE, 'a')));
      expect((await readAll(store, key)).subarray(0, 1).toString()).toBe('b');
    });

    it('keeps nothing of a source that fails half way, and what was there stays', async () => {
      await store.put(key, Buffer.from('first'), { mimeType: 'text/plain' });
      await expect(store.put(key, failing(), { mimeType: 'text/plain' })).rejects.toMatchObject({
        kind: 'broken',
      });
      expect((await readAll(store, key)).toString()).toBe('first');
    });

    it('stops at maxBytes and keeps nothing', async () => {
      const source = Readable.from(slices(randomBytes(ONE_MEBIBYTE)));
      const put = store.put(key, source, { mimeType: 'image/png', maxBytes: ONE_MEBIBYTE - 1 });
      await expect(put).rejects.toMatchObject({ kind: 'too-large' });
      expect(source.destroyed).toBe(true);
      expect(await store.stat(key)).toBeNull();
    });

    it('stops when the caller gives up, although the source says nothing any more', async () => {
      const giveUp = new AbortController();
      const source = new Readable({ read() {} }); // never ends
      const put = store.put(key, source, { mimeType: 'image/png', signal: giveUp.signal });
      giveUp.abort();
      await expect(put).rejects.toMatchObject({ name: 'StorageFault' });
      expect(await store.stat(key)).toBeNull();
    });

    it('removes, and lists what is left below a prefix only', async () => {
      const folder = `tenants/${newId()}`;
      for (const name of ['a', 'b/c', 'b/d'])
        await store.put(`${folder}/${name}`, Buffer.from(name), { mimeType: 'text/plain' });
      await store.put(`${folder}0/other`, Buffer.from('x'), { mimeType: 'text/plain' });
      await store.remove(`${folder}/b/c`);
      expect((await keysBelow(store, folder)).sort()).toEqual([`${folder}/a`, `${folder}/b/d`]);
      expect(await keysBelow(store, `tenants/${newId()}`)).toEqual([]);
    });

    it('writes and removes neighbours at once without losing any', async () => {
      const folder = `tenants/${newId()}/assets`;
      const work = Array.from({ length: 40 }, async (_, index) => {
        await store.put(`${folder}/${index}`, Buffer.from(String(index)), { mimeType: 'text/plain' });
        if (index % 2 === 1) await store.remove(`${folder}/${index}`);
      });
      await Promise.all(work);
      expect(await keysBelow(store, folder)).toHaveLength(20);
    });

    it.each([
      '', '/etc/passwd', '../x', 'a/../b', 'a/..', 'a..b', 'a//b', 'a/', '.hidden', 'a/.hidden', 'a\0b', 'a b', 'ä', 'a\\b', 'a%2e%2e',
      'C:x', `a/${'b'.repeat(600)}`, 'a\nb', '-rf',
    ])('refuses the key %j everywhere', async (bad) => {
      const refusal = { kind: 'invalid-key' };
      await expect(store.put(bad, Buffer.from('x'), { mimeType: 'text/plain' })).rejects.toMatchObject(refusal);
      await expect(store.read(bad)).rejects.toMatchObject(refusal);
      await expect(store.stat(bad)).rejects.toMatchObject(refusal);
      await expect(store.remove(bad)).rejects.toMatchObject(refusal);
      if (bad !== '') await expect(keysBelow(store, bad)).rejects.toMatchObject(refusal);
    }); // prettier-ignore
  });
}

async function keysBelow(store: ByteStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const object of store.list(prefix)) keys.push(object.key);
  return keys;
}

async function readAll(store: ByteStore, key: string): Promise<Buffer> {
  return collect((await store.read(key)).stream);
}

async function collect(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function* slices(content: Buffer): Iterable<Buffer> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

function failing(): Readable {
  async function* broken() {
    yield Buffer.from('half');
    throw await Promise.resolve(new Error('connection lost'));
  }
  return Readable.from(broken());
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
