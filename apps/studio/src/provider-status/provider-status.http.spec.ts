import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { studio } from '../studio.service-definition.js';

describe('GET /providers', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startService(studio, { environment: { OPENAI_API_KEY: 'sk-x', HEYGEN_API_KEY: 'hg-x' } });
  });
  afterAll(() => app.close());

  it('lists every known provider of a kind, those without a key too', async () => {
    const { body } = await (await app.as()).get('/studio/v1/providers');
    const images = body.data.filter(({ kind }: { kind: string }) => kind === 'image');
    expect(images).toContainEqual(expect.objectContaining({ name: 'openai', configured: true }));
    expect(images).toContainEqual(expect.objectContaining({ name: 'midjourney', configured: false }));
    expect(images).toContainEqual(expect.objectContaining({ name: 'local', configured: true }));
    expect(JSON.stringify(body)).not.toMatch(/sk-x|hg-x/);
  });

  it('tells how each is and what is missing', async () => {
    const { body } = await (await app.as()).get('/studio/v1/providers/health');
    expect(body.data).toContainEqual({ kind: 'image', name: 'local', status: 'ready' });
    expect(body.data).toContainEqual({
      kind: 'image',
      name: 'midjourney',
      status: 'missing',
      detail: 'there is no adapter for this provider',
    });
    expect((await app.request().get('/studio/v1/providers/health')).status).toBe(401);
  });

  it('tells what one vendor can do here: films need its key alone, speaking people one’s avatars too', async () => {
    const { body } = await (await app.as()).get('/studio/v1/providers/health');
    const heygen = body.data.filter(({ name }: { name: string }) => name === 'heygen');
    expect(heygen).toEqual([
      { kind: 'video', name: 'heygen', status: 'ready' },
      { kind: 'avatar', name: 'heygen', status: 'missing', detail: 'HEYGEN_PRESENTERS names no avatar' },
    ]);
  });
});
