import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { HouseConfig, ManualClock } from '@eventzr/config';
import { failing, failure, FakeRemote, hangUp, KEY, ok } from './remote.fake.js';
import type { ServiceCall } from './service-call.js';
import { ServiceClient } from './service-client.js';
import type { Upload } from './upload.js';

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

let remote: FakeRemote;
let client: ServiceClient;
let opened: number;
let taken: number;
let lastFile: Readable;

beforeEach(async () => {
  remote = await FakeRemote.start();
  const config = Object.assign(new HouseConfig(), { serviceKey: KEY, vaultInternalUrl: remote.url });
  client = new ServiceClient(config, { name: 'studio', title: 'Studio', version: '1' }, new ManualClock());
  [opened, taken] = [0, 0];
});

afterEach(async () => {
  client.onApplicationShutdown();
  await remote.stop();
});

function send(upload: Upload, changes: Partial<ServiceCall> = {}): Promise<unknown> {
  return client.call({ service: 'vault', method: 'POST', path: '/vault/v1/assets', upload, timeoutMs: 2_000, idempotent: true, ...changes }); // prettier-ignore
}

function fileOf(megabytes: number): Upload {
  return {
    field: 'file',
    filename: 'a"b\r\n.bin',
    mimeType: 'application/octet-stream',
    bytes: megabytes * MEGABYTE.length,
    open: () => {
      opened += 1;
      lastFile = Readable.from(chunks(megabytes));
      return Promise.resolve(lastFile);
    },
  };
}

function* chunks(megabytes: number): Generator<Buffer> {
  for (let count = 0; count < megabytes; count += 1) {
    taken += 1;
    yield MEGABYTE;
  }
}

function* brokenOff(): Generator<Buffer> {
  yield Buffer.alloc(1_000);
  throw new Error('the disk is gone');
}

it('arrives as a form of the announced length, its name unable to break out of its line', async () => {
  const bodies: Buffer[] = [];
  remote.takeUnread((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk)).on('end', () => ok(request, response));
  });
  expect(await send(fileOf(2))).toEqual({ fine: true });
  const body = Buffer.concat(bodies);
  const { headers = {} } = remote.seen[0] ?? {};
  expect(body.length).toBe(Number(headers['content-length']));
  const form = await new Response(body, { headers: { 'content-type': String(headers['content-type']) } }).formData(); // prettier-ignore
  const file = form.get('file') as File;
  expect([file.name, file.type, file.size]).toEqual(['a"b\r\n.bin', 'application/octet-stream', 2 * MEGABYTE.length]); // prettier-ignore
});

it('is opened anew for every try', async () => {
  remote.script = [hangUp, failing(503)];
  expect(await send(fileOf(1))).toEqual({ fine: true });
  expect([opened, taken]).toEqual([3, 3]);
});

it('is not read to its end when it is refused at its beginning, and let go', async () => {
  remote.takeUnread(failing(413));
  expect(await failure(send(fileOf(500)))).toMatchObject({ status: 413, tries: 1 });
  expect(taken).toBeLessThan(100);
  expect(lastFile.destroyed).toBe(true);
});

it('that cannot be opened is no fault of the other side', async () => {
  const broken = { ...fileOf(1), open: () => Promise.reject(new Error('the disk is gone')) };
  await expect(send(broken)).rejects.toThrow('the disk is gone');
  expect(remote.seen).toHaveLength(0);
});

it('that breaks off on our side ends the call', async () => {
  const short = { ...fileOf(3), open: () => Promise.resolve(Readable.from(brokenOff())) };
  expect(await failure(send(short, { idempotent: false }))).toMatchObject({ reason: 'transport' });
});
