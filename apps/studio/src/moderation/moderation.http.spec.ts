import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import { FinishedPieces } from '../provenance/finished-pieces.js';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeModerations } from '../providers/openai/openai-moderations.fake.js';
import { MODERATION_KEY, startFakeModerations } from '../providers/openai/openai-moderations.fake.js';
import { fakeFilm } from '../providers/vendor/vendor-media.fake.js';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { SYSTEM_TEMPLATES } from '../templates/system-templates.js';

const GENERATE = '/studio/v1/images/generate';

async function picture(): Promise<string> {
  const noise = { type: 'gaussian' as const, mean: 150, sigma: 40 };
  const png = await sharp({
    create: { width: 224, height: 224, channels: 3, background: '#d9a07a', noise },
  })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}

describe('moderation', () => {
  let app: TestService;
  let vendor: FakeModerations;

  beforeAll(async () => {
    vendor = await startFakeModerations();
    const environment = {
      OPENAI_API_KEY: MODERATION_KEY,
      OPENAI_BASE_URL: vendor.baseUrl,
      MODERATION: 'auto',
      IMAGE_MODERATION: 'on',
      // So that any picture is refused: no picture that truly would be belongs into a repository.
      IMAGE_MODERATION_PORN_PERCENT: '0',
      IMAGE_MODERATION_FAILURE: 'closed',
    };
    app = await startService(studio, { environment });
  });
  beforeEach(() => {
    app.wallet.balance(1_000);
    vendor.fail(undefined);
  });
  afterAll(async () => {
    await app.close();
    vendor.close();
  });

  const ask = async (prompt: string) =>
    (await app.as()).post(GENERATE).send({ prompt, provider: 'local', width: 256, height: 256 });

  it('refuses by its own list without asking the vendor, and holds nothing', async () => {
    const holds = app.wallet.taken.length;
    const { status, body } = await ask('hardcore p0rn poster');
    expect([status, body.error.code]).toEqual([422, 'STUDIO_1704']);
    expect(body.error.details).toEqual({ stage: 'input', category: 'sexual' });
    expect([app.wallet.taken.length, vendor.judged.length]).toEqual([holds, 0]);
  });

  it('asks the vendor about what passed', async () => {
    const refused = await ask('a forbidden fruit');
    expect([refused.status, refused.body.error.details.category]).toEqual([422, 'violence']);
    expect((await ask('a cake')).status).toBe(202);
    expect(vendor.judged).toEqual(['a forbidden fruit', 'a cake']);
  });

  it('asks about the many texts of a long outline together, and misses none', async () => {
    const before = vendor.judged.length;
    const outline = Array.from({ length: 30 }, (_, index) => ({
      title: `Slide ${index + 1}`,
      bullets: ['one point', 'another point', 'a third point'],
    }));
    const wish = async (topic: string) =>
      (await app.as()).post('/studio/v1/presentations/generate').send({ topic, outline });
    expect((await wish('a fair')).status).toBe(202);
    const asked = vendor.judged.slice(before);
    expect(asked.length).toBe(1);
    for (const { title, bullets } of outline) expect(asked[0]).toContain([title, ...bullets].join('\n'));
    outline.at(-1)?.bullets.push('a forbidden fruit');
    expect((await wish('a fair')).body.error.code).toBe('STUDIO_1704');
  });

  it.each([500, 429, 401])('503 when the vendor answers %i, and nothing is held', async (failure) => {
    vendor.fail(failure);
    const holds = app.wallet.taken.length;
    const { status, body } = await ask('a cake');
    expect([status, body.error.code, app.wallet.taken.length]).toEqual([503, 'STUDIO_1706', holds]);
  });

  it.each(['genre', 'mood'])('judges the %s of music', async (field) => {
    const wish = { prompt: 'a waltz', [field]: 'hardcore p0rn' };
    const { status, body } = await (await app.as()).post('/studio/v1/music/generate').send(wish);
    expect([status, body.error?.code]).toEqual([422, 'STUDIO_1704']);
  });

  it('looks into the films of vendors, not into our own', async () => {
    const pieces = app.service.app.get(FinishedPieces, { strict: false });
    const film = {
      ...{ bytes: fakeFilm(320, 180), mimeType: 'video/mp4', extension: 'mp4', durationMs: 1_000 },
      ...{ model: 'film-1', seed: 1, provenance: {} },
    };
    const finish = (provider: string) =>
      pieces.finish({ id: newId() }, { files: [{ ...film, provider }] }, AbortSignal.timeout(60_000));
    await expect(finish('runway')).rejects.toMatchObject({ name: 'OutputRefused', kind: 'moderated' });
    expect((await finish('local')).files).toHaveLength(1);
  }, 60_000);

  it.each([
    ['whom it is for', 'invitations', { invitee: 'hardcore p0rn' }],
    [
      'values of slots',
      'posters',
      { templateId: SYSTEM_TEMPLATES[0]?.id, slots: { description: 'hardcore p0rn' } },
    ],
  ])('judges %s of papers', async (_what, papers, wish) => {
    const event = { title: 'A party', date: '2027-06-12', venue: 'Hall' };
    const { status, body } = await (
      await app.as()
    )
      .post(`/studio/v1/${papers}/generate`)
      .send({ ...event, ...wish });
    expect([status, body.error?.code]).toEqual([422, 'STUDIO_1704']);
  });

  describe('of templates', () => {
    const TEMPLATES = '/studio/v1/templates';
    const slots = [{ name: 'what', type: 'text', required: true }];
    const said = { type: 'text', text: 'Come all', size: 5 };
    const poster = (...texts: string[]) => ({
      kind: 'poster',
      name: 'House style',
      slots,
      body: { type: 'box', children: texts.map((text) => ({ ...said, text })) },
    });
    const deck = (...titles: string[]) => ({
      kind: 'presentation',
      name: 'House deck',
      slots,
      body: { type: 'deck', slides: titles.map((title) => ({ layout: 'title', title })) },
    });
    const organizer = () => app.as({ roles: ['organizer'] });
    const event = { title: 'A party', date: '2027-06-12', venue: 'Hall' };

    it.each([
      ['a poster, by our list', poster('Come all', 'hardcore p0rn'), 'sexual'],
      ['a poster, by the vendor', poster('a forbidden fruit'), 'violence'],
      ['a presentation', deck('Welcome', 'hardcore p0rn'), 'sexual'],
      ['its name', { ...poster('Come all'), name: 'hardcore p0rn' }, 'sexual'],
    ])('judges the words of %s, and names the stage', async (_what, template, category) => {
      const refused = await (await organizer()).post(TEMPLATES).send(template);
      expect([refused.status, refused.body.error?.code]).toEqual([422, 'STUDIO_1704']);
      expect(refused.body.error.details).toEqual({ stage: 'template', category });
    });

    it('judges a new version too, and keeps the old one', async () => {
      const user = await organizer();
      const { kind: _kind, ...content } = poster('hardcore p0rn');
      const { body } = await user.post(TEMPLATES).send(poster('Come all'));
      const path = `${TEMPLATES}/${body.data.id}`;
      const refused = await user.put(path).send({ ...content, version: 1 });
      expect([refused.status, refused.body.error.details.stage]).toEqual([422, 'template']);
      expect((await user.get(path)).body.data.version).toBe(1);
    });

    it('503 when nobody can judge them, and nothing is kept', async () => {
      vendor.fail(500);
      const refused = await (await organizer()).post(TEMPLATES).send(poster('a name of its own'));
      expect([refused.status, refused.body.error?.code]).toEqual([503, 'STUDIO_1706']);
    });

    it.each([
      ['posters', poster('how to make a {{what}}'), event],
      ['presentations', deck('Welcome', 'how to make a {{what}}'), {}],
    ])('judges what %s say with the values in them', async (papers, template, wish) => {
      const user = await organizer();
      const { body } = await user.post(TEMPLATES).send(template);
      const ask = async (what: string) =>
        user
          .post(`/studio/v1/${papers}/generate`)
          .send({ ...wish, templateId: body.data.id, slots: { what } });
      const holds = app.wallet.taken.length;
      const refused = await ask('pipe bomb');
      expect([refused.status, refused.body.error?.code]).toEqual([422, 'STUDIO_1704']);
      expect(refused.body.error.details).toEqual({ stage: 'input', category: 'weapons-drugs' });
      expect(app.wallet.taken).toHaveLength(holds);
      expect((await ask('cake')).status).toBe(202);
    });
  });

  it.each([
    ['brand kits', '/studio/v1/brand-kits', { name: 'x', colours: [] }],
    ['posters', '/studio/v1/posters/generate', { title: 'A party', date: '2027-06-12', venue: 'Hall' }],
  ])(
    'looks at the logos of %s',
    async (_what, path, wish) => {
      const organizer = await app.as({ roles: ['organizer'] });
      const { status, body } = await organizer.post(path).send({ ...wish, logo: await picture() });
      expect([status, body.error?.code]).toEqual([422, 'STUDIO_1705']);
    },
    60_000,
  );

  it('looks at pictures that are handed in', async () => {
    const imageUrl = await picture();
    const { status, body } = await (
      await app.as()
    )
      .post('/studio/v1/images/remove-background')
      .send({ imageUrl });
    expect([status, body.error?.code]).toEqual([422, 'STUDIO_1705']);
  }, 60_000);
});

describe('what a vendor made', () => {
  it('is refused at the output stage: the job fails, says so, and nothing is charged', async () => {
    const vendor = await startFakeOpenAiImages();
    const environment = {
      OPENAI_API_KEY: vendor.apiKey,
      OPENAI_BASE_URL: vendor.baseUrl,
      MODERATION: 'local',
      IMAGE_MODERATION: 'on',
      IMAGE_MODERATION_PORN_PERCENT: '0',
    };
    const app = await startService(studio, { environment });
    try {
      app.wallet.balance(1_000);
      const scene = new Scene(app);
      const user = await app.as();
      const jobId = await scene.submit(user, { prompt: 'a cake', provider: 'openai' });
      await scene.work();
      const job = await scene.job(user, jobId);
      expect(job).toMatchObject({ status: 'failed', creditsCharged: 0, assets: [] });
      expect(job.error).toMatchObject({
        code: 'STUDIO_1707',
        message: expect.stringContaining('refused at the output stage'),
      });
      expect((await scene.holdOf(jobId))?.state).toBe('released');
      expect(vendor.accepted).toHaveLength(1);
    } finally {
      await app.close();
      await vendor.close();
    }
  }, 60_000);
});
