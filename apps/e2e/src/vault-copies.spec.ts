import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningPlatform } from './platform.js';

interface Copy {
  readonly vaultAssetId: string;
  readonly filename: string;
  readonly sizeBytes: number;
  readonly visibility: string;
  readonly contentUrl: string;
}

interface Made {
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly contentUrl: string;
}

/** Studio's files in the real vault, by way of the private listener. */
describe('POST /studio/v1/assets/:id/save-to-vault', () => {
  let eventzr: RunningPlatform;
  let organizer: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    organizer = await eventzr.login('organizer@eventzr.com');
  }, 120_000);
  afterAll(() => eventzr.stop());

  async function made(path: string, body: object, token = organizer): Promise<readonly Made[]> {
    const job = await eventzr.call<{ assets: Made[] }>(`/studio/v1${path}`, {
      token,
      headers: { prefer: 'wait=60' },
      body,
    });
    expect([path, job.status, job.error]).toEqual([path, 200, null]);
    return job.data.assets;
  }

  const save = (id: string, token = organizer) =>
    eventzr.call<Copy>(`/studio/v1/assets/${id}/save-to-vault`, { method: 'POST', token });

  async function digestOf(url: string): Promise<string> {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    return createHash('sha256').update(bytes).digest('hex');
  }

  async function picture(token = organizer): Promise<Made> {
    const wish = { prompt: 'a lighthouse', width: 256, height: 256, provider: 'local' };
    const [asset] = await made('/images/generate', wish, token);
    if (asset === undefined) throw new Error('the job made nothing');
    return asset;
  }

  it('makes one file of the vault, byte for byte, however often and however simultaneously it is asked', async () => {
    const asset = await picture();
    const [first, ...again] = await Promise.all([save(asset.id), save(asset.id), save(asset.id)]);
    const answers = [first, ...again, await save(asset.id)];
    const saved = answers.filter(({ status }) => status === 201);
    expect(answers.map(({ status }) => status).filter((status) => ![201, 409].includes(status))).toEqual([]);
    expect(new Set(saved.map(({ data }) => data.vaultAssetId)).size).toBe(1);
    const copy = saved.at(-1)?.data;
    expect(copy).toMatchObject({ sizeBytes: asset.bytes, visibility: 'private' });
    expect(await digestOf(copy?.contentUrl ?? '')).toBe(await digestOf(asset.contentUrl));
    const mine = await eventzr.call<{ id: string; filename: string }[]>('/vault/v1/assets', {
      token: organizer,
    });
    expect(mine.data.filter(({ filename }) => filename === copy?.filename)).toHaveLength(1);
  });

  it('makes a new one only when the vault has the first no more', async () => {
    const asset = await picture();
    const first = (await save(asset.id)).data.vaultAssetId;
    const admin = await eventzr.login('admin@eventzr.com');
    await eventzr.call(`/vault/v1/assets/${first}`, { method: 'DELETE', token: admin });
    const second = (await save(asset.id)).data.vaultAssetId;
    expect([second === first, (await save(asset.id)).data.vaultAssetId]).toEqual([false, second]);
  });

  it('saves sound and pages too; what the vault does not keep is 415', async () => {
    const [speech] = await made('/audio/tts', {
      text: 'Welcome to the gala.',
      format: 'm4a',
      provider: 'local',
    });
    const poster = {
      title: 'Gala',
      date: '2027-06-12',
      venue: 'Old Hall',
      formats: ['pdf', 'svg'],
      sizes: ['a4'],
    };
    const papers = await made('/posters/generate', poster);
    const statuses: Record<string, number> = {};
    for (const { id, mimeType } of [speech, ...papers].filter((each) => each !== undefined))
      statuses[mimeType] = (await save(id)).status;
    expect(statuses).toEqual({ 'audio/mp4': 201, 'application/pdf': 201, 'image/svg+xml': 415 });
  });

  it("403 for who may not store in the vault, 404 for the other tenant; 404 for a colleague's file", async () => {
    const user = await eventzr.login('user@eventzr.com');
    expect((await save((await picture(user)).id, user)).error?.code).toBe('FORBIDDEN');
    const asset = await picture();
    const stranger = await eventzr.login('admin@startup.co');
    expect((await save(asset.id, stranger)).error?.code).toBe('STUDIO_2000');
    expect((await save(asset.id, user)).error?.code).toBe('STUDIO_2000');
  });

  it('an admin who saves it too gets a file of their own', async () => {
    const asset = await picture();
    const admin = await eventzr.login('admin@eventzr.com');
    const [mine, theirs] = [await save(asset.id), await save(asset.id, admin)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.data.vaultAssetId).not.toBe(theirs.data.vaultAssetId);
  });
});
