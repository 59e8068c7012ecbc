import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService, testServiceKey } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import type { User } from '../scene.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';

type Answer = (response: ServerResponse) => void;

/** What the vault was sent. */
interface Sent {
  readonly key: string;
  readonly token: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly sha256: string;
}

function answering(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const refusing =
  (
    status: number,
    code: string,
    headers: Record<string, string> = {},
    details: object | null = null,
  ): Answer =>
  (response) =>
    answering(response, status, { data: null, error: { code, name: code, message: 'm', details } }, headers);

/**
 * A vault that takes what the real one takes (its key, a user's token, a form with one file, the length told ahead), gives
 * the same file for the same key, and can refuse or stay silent. The journey to the real one is in `apps/e2e`.
 */
class FakeVault {
  readonly sent: Sent[] = [];
  readonly files = new Map<string, { id: string }>();
  /** What the next uploads get instead, in this order. */
  script: Answer[] = [];
  readonly faults: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => this.faults.push(String(error)));
  });

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method, url = '' } = request;
    if (headers['x-service-name'] !== 'studio' || headers['x-service-key'] !== testServiceKey('studio'))
      this.faults.push('studio did not name itself');
    if (method === 'GET') return this.show(url.split('/').at(-1) ?? '', response);
    if (method !== 'POST' || url !== '/vault/v1/assets') this.faults.push(`${method} ${url}`);
    const file = await fileOf(request);
    this.sent.push({
      key: String(headers['idempotency-key']),
      token: String(headers.authorization),
      filename: file.name,
      mimeType: file.type,
      sha256: createHash('sha256')
        .update(Buffer.from(await file.arrayBuffer()))
        .digest('hex'),
    });
    const scripted = this.script.shift();
    if (scripted !== undefined) return scripted(response);
    return this.keep(String(headers['idempotency-key']), file, response);
  }

  private keep(key: string, file: File, response: ServerResponse): void {
    const kept = this.files.get(key) ?? {
      id: newId(),
      filename: file.name,
      mimeType: file.type,
      sizeBytes: file.size,
      visibility: 'private',
      contentUrl: 'https://vault.example.com/content',
      createdAt: '2026-11-28T02:00:00.000Z',
    };
    this.files.set(key, kept);
    answering(response, 201, { data: kept, error: null });
  }

  private show(id: string, response: ServerResponse): void {
    const kept = [...this.files.values()].find((file) => file.id === id);
    if (kept === undefined) refusing(404, 'ERR_VAULT_NOT_FOUND')(response);
    else answering(response, 200, { data: kept, error: null });
  }
}

async function fileOf(request: IncomingMessage): Promise<File> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (body.length !== Number(request.headers['content-length']))
    throw new Error('the length was not told ahead');
  const headers = { 'content-type': String(request.headers['content-type']) };
  const form = await new Response(body, { headers }).formData();
  if ([...form.keys()].join() !== 'file') throw new Error('exactly one file is expected');
  return form.get('file') as File;
}

describe('POST /assets/:id/save-to-vault', () => {
  let app: TestService;
  let scene: Scene;
  let vault: FakeVault;
  let user: User;
  let asset: { readonly id: string; readonly mimeType: string };

  beforeAll(async () => {
    vault = new FakeVault();
    app = await startService(studio, { environment: { VAULT_INTERNAL_URL: await vault.start() } });
    scene = new Scene(app);
  });
  beforeEach(async () => {
    user = await app.as({ roles: ['organizer'] });
    const id = await scene.submit(user);
    await scene.work();
    asset = (await scene.job(user, id)).assets[0];
    vault.sent.length = 0;
    vault.script = [];
  });
  afterAll(async () => {
    expect(vault.faults).toEqual([]);
    await app.close();
    await vault.stop();
  });

  const save = (by: User = user, id = asset.id) => by.post(`/studio/v1/assets/${id}/save-to-vault`).send();

  it("sends the bytes, under their type and name, with the caller's own token", async () => {
    const { status, body, headers } = await save();
    const [{ id: vaultAssetId } = { id: '' }] = [...vault.files.values()].slice(-1);
    expect([status, body.error, headers['location']]).toEqual([
      201,
      null,
      `/vault/v1/assets/${vaultAssetId}`,
    ]);
    expect(body.data).toMatchObject({ assetId: asset.id, vaultAssetId, mimeType: 'image/png' });
    const content = (await user.get(`/studio/v1/assets/${asset.id}/content`)).body as Buffer;
    expect(vault.sent).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f-]{36}$/),
        token: expect.stringMatching(/^Bearer /),
        filename: `${asset.id}.png`,
        mimeType: asset.mimeType,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ]);
  });

  it('shows the same file when it is asked again, long after the vault has forgotten the key', async () => {
    const first = await save();
    app.clock.advance(40 * 86_400_000);
    user = await app.as({ roles: ['organizer'] });
    expect((await save()).body.data).toEqual(first.body.data);
    expect(vault.sent).toHaveLength(1);
  });

  it('sends it under the same key when the answer was lost, under another when the vault has it no more', async () => {
    vault.script = [(response) => response.destroy()];
    const first = await save();
    expect([first.status, vault.sent.length]).toEqual([201, 2]);
    vault.files.clear();
    const second = await save();
    expect(second.body.data.vaultAssetId).not.toBe(first.body.data.vaultAssetId);
    expect(new Set(vault.sent.map(({ key }) => key)).size).toBe(2);
    expect(vault.sent[0]?.key).toBe(vault.sent[1]?.key);
    expect((await save()).body.data).toEqual(second.body.data);
  });

  it.each<[number, string, Answer]>([
    [403, 'STUDIO_2002', refusing(403, 'ERR_VAULT_QUOTA_EXCEEDED', {}, { limitBytes: 5, requiredBytes: 9 })],
    [415, 'STUDIO_2003', refusing(400, 'ERR_VAULT_INVALID_MIME_TYPE')],
    [413, 'STUDIO_2004', refusing(413, 'PAYLOAD_TOO_LARGE')],
    [413, 'STUDIO_2004', refusing(400, 'ERR_VAULT_INVALID_FILE_SIZE')],
    [401, 'TOKEN_REVOKED', refusing(401, 'TOKEN_REVOKED')],
    [401, 'STEP_UP_REQUIRED', refusing(401, 'STEP_UP_REQUIRED')],
    [401, 'UNAUTHORIZED', refusing(401, 'ERR_VAULT_UNAUTHORIZED')],
    [403, 'FORBIDDEN', refusing(403, 'FORBIDDEN')],
    [409, 'IDEMPOTENCY_IN_PROGRESS', refusing(409, 'IDEMPOTENCY_IN_PROGRESS', { 'retry-after': '1' })],
    [503, 'STUDIO_2005', refusing(429, 'RATE_LIMITED', { 'retry-after': '30' })],
    [503, 'STUDIO_2005', refusing(503, 'ERR_VAULT_STORAGE_UNAVAILABLE', { 'retry-after': '30' })],
    [502, 'STUDIO_2006', refusing(500, 'INTERNAL')],
    [502, 'STUDIO_2006', refusing(422, 'IDEMPOTENCY_KEY_REUSED')],
    [
      503,
      'STUDIO_2005',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>proxy</p>'),
    ],
  ])('%i %s for what the vault says', async (expected, code, answer) => {
    vault.script = [answer];
    const { status, body } = await save();
    expect([status, body.error.code]).toEqual([expected, code]);
    expect(vault.sent).toHaveLength(1);
    expect(await scene.rows('SELECT FROM vault_copies WHERE asset_id = $1', [asset.id])).toEqual([]);
    expect((await save()).status).toBe(201);
  });

  it('says how much the plan allows, and when to come back', async () => {
    vault.script = [
      refusing(403, 'ERR_VAULT_QUOTA_EXCEEDED', {}, { limitBytes: 5, requiredBytes: 9 }),
      refusing(429, 'RATE_LIMITED', { 'retry-after': '30' }),
    ];
    expect((await save()).body.error.details).toEqual({ limitBytes: 5, requiredBytes: 9 });
    expect((await save()).headers['retry-after']).toBe('30');
  });

  it("404 for another tenant's and a colleague's file, and the vault hears nothing of it", async () => {
    const others = [
      await app.as({ tenantId: 'a0000000-0000-4000-8000-000000000002', roles: ['admin'] }),
      await app.as({ userId: '00000000-0000-4000-8000-000000000b02' }),
    ];
    for (const other of others) {
      const { status, body } = await save(other);
      expect([status, body.error.code]).toEqual([404, 'STUDIO_2000']);
    }
    expect(vault.sent).toEqual([]);
  });

  it('the link goes with the asset when it is purged', async () => {
    await save();
    await user.delete(`/studio/v1/assets/${asset.id}`);
    expect(await scene.sweep('purge-expired')).toMatchObject({ failed: 0 });
    expect(await scene.rows('SELECT FROM vault_copies WHERE asset_id = $1', [asset.id])).toEqual([]);
  });
});

describe('without a vault', () => {
  let app: TestService;
  afterAll(() => app.close());

  it('503 that it is not configured', async () => {
    app = await startService(studio);
    const scene = new Scene(app);
    const user = await app.as();
    const id = await scene.submit(user);
    await scene.work();
    const [asset] = (await scene.job(user, id)).assets;
    const { status, body } = await user.post(`/studio/v1/assets/${asset.id}/save-to-vault`).send();
    expect([status, body.error.code]).toEqual([503, 'PROVIDER_NOT_CONFIGURED']);
  });
});
