import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@eventzr/config';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import { startWritesApp, TENANT, type WritesApp } from './writes-app.fake.js';

describe('an upload under a key', () => {
  let fixture: FixtureService;
  let service: WritesApp;
  let key: string;

  beforeAll(async () => {
    fixture = await startFixture();
    service = await startWritesApp(fixture.connections, fixture.db, new ManualClock());
  });

  afterAll(async () => {
    await service.app.close();
    await fixture.close();
  });

  beforeEach(() => {
    key = randomUUID();
  });

  const notesCalled = (text: string): Promise<number> =>
    fixture.db.withTenant((tx) => tx.note.count({ where: { text } }), TENANT);
  const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0x0d, 0x0a]);
  const file = { field: 'file', name: 'a.png', type: 'image/png', bytes: PNG };
  const upload = (change: Partial<typeof file> = {}, title = key, boundary: string = randomUUID()) => {
    const { field, name, type, bytes } = { ...file, ...change };
    const payload = Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="title"\r\n\r\n${title}\r\n`),
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\n`),
      Buffer.from(`content-type: ${type}\r\n\r\n`),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const headers = { 'idempotency-key': key, 'content-type': `multipart/form-data; boundary=${boundary}` };
    return service.post('uploads', payload, headers);
  };

  it('is the same request for the same bytes, however they are packed', async () => {
    const first = await upload();
    expect(first.statusCode).toBe(201);
    const again = await upload();
    expect([again.statusCode, again.body]).toEqual([201, first.body]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(await notesCalled(key)).toBe(1);
  });

  it.each<[string, Partial<typeof file>, string | undefined]>([
    ['other bytes', { bytes: Buffer.from([...PNG.subarray(0, 7), 0x0b]) }, undefined],
    ['fewer bytes', { bytes: PNG.subarray(0, 7) }, undefined],
    ['another name', { name: 'b.png' }, undefined],
    ['another type', { type: 'image/jpeg' }, undefined],
    ['another title', {}, 'other'],
  ])('422 for %s under the key', async (_, change, title) => {
    const first = await upload();
    const refused = await upload(change, title);
    expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([
      422,
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(await notesCalled(title ?? key)).toBe(title === undefined ? 1 : 0);
    expect((await upload()).body).toBe(first.body);
  });

  it('400 for a form without its file leaves the key free', async () => {
    expect((await upload({ field: 'other' })).statusCode).toBe(400);
    expect((await upload()).statusCode).toBe(201);
  });

  it('has one effect under 20 at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => upload()));
    expect(new Set(answers.map(({ statusCode }) => statusCode)).size).toBeLessThanOrEqual(2);
    expect(answers.filter(({ statusCode }) => statusCode !== 201 && statusCode !== 409)).toEqual([]);
    expect(await notesCalled(key)).toBe(1);
  });
});
