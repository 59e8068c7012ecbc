import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@eventzr/testing';
import { startService } from '@eventzr/testing';
import { wavOf } from '../providers/local/speech/wav.js';
import { studio } from '../studio.service-definition.js';

const RECORDINGS = '/studio/v1/internal/audio/recordings';
const OURS = '0190b6a0-0000-7000-8000-000000000001';
const PRIVATE = '0190b6a0-0000-7000-8000-000000000002';
const NOBODYS = '0190b6a0-0000-7000-8000-000000000003';
const BROKEN = '0190b6a0-0000-7000-8000-000000000004';
const BUSY = '0190b6a0-0000-7000-8000-000000000005';
const GARBLED = '0190b6a0-0000-7000-8000-000000000006';
const AUDIO = wavOf({ samples: new Int16Array(16_000), sampleRate: 16_000 });

describe('a recording of the vault', () => {
  let door: Server;
  let app: TestService;
  let authorization: string;
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    door = createServer(serve);
    await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
    app = await startService(studio, {
      environment: { PUBLIC_BASE_URL: base(), VAULT_INTERNAL_URL: base() },
    });
    authorization = await app.tokens.bearer();
  });
  afterAll(async () => {
    await app.close();
    await new Promise((done) => door.close(done));
  });

  const base = () => `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const takeIn = (assetId: string) =>
    app.internal().post(RECORDINGS).set({ authorization }).send({ assetId });

  /** The vault, and the platform's front door. */
  function serve(request: IncomingMessage, response: ServerResponse): void {
    seen.push(request);
    const { url = '' } = request;
    if (url === `/content?sig=1`) return void response.end(AUDIO);
    if (url.endsWith(GARBLED)) return void response.end('<html>');
    if (url.endsWith(BUSY)) return void response.writeHead(429).end('too many');
    const status = url.endsWith(OURS) ? 200 : url.endsWith(PRIVATE) ? 403 : url.endsWith(BROKEN) ? 503 : 404;
    const data = status === 200 ? { contentUrl: `${base()}/content?sig=1` } : null;
    const error =
      status === 200
        ? null
        : { code: `C${status}`, name: 'REFUSED', http: status, message: 'No.', details: null };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ data, error }));
  }

  it('is asked for with the user’s token, and fetched by its signed link without it', async () => {
    expect((await takeIn(OURS)).body.data).toMatchObject({ mimeType: 'audio/wav', durationMs: 1_000 });
    const [asked, fetched] = seen;
    expect([asked?.url, asked?.headers.authorization]).toEqual([`/vault/v1/assets/${OURS}`, authorization]);
    expect([fetched?.url, fetched?.headers.authorization]).toEqual(['/content?sig=1', undefined]);
  });

  it.each([
    [PRIVATE, 404, 'STUDIO_2000'],
    [NOBODYS, 404, 'STUDIO_2000'],
    [BROKEN, 422, 'STUDIO_1702'],
    [BUSY, 422, 'STUDIO_1702'],
    [GARBLED, 422, 'STUDIO_1702'],
  ])('%s is refused', async (assetId, status, code) => {
    const refused = await takeIn(assetId);
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
  });
});
