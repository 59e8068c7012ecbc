import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import JSZip from 'jszip';
import sharp from 'sharp';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { SYSTEM_TEMPLATES } from '../templates/system-templates.js';

const GENERATE = '/studio/v1/presentations/generate';
const TEMPLATES = '/studio/v1/templates';
const SLOTS = [
  { name: 'event', type: 'text', required: true, maxLength: 60 },
  { name: 'day', type: 'date', required: true },
  { name: 'tint', type: 'colour' },
  { name: 'guests', type: 'number' },
  { name: 'photo', type: 'image' },
  { name: 'speaker', type: 'text' },
];
const CHART = {
  type: 'bar',
  labels: ['Guests', 'Crew'],
  series: [{ name: '{{event}}', values: ['{{guests}}', 12] }],
};
const BODY = {
  type: 'deck',
  theme: 'slate',
  colours: ['{{tint}}'],
  slides: [
    { layout: 'title', title: '{{event}}', subtitle: '{{day}}', image: 'photo' },
    { layout: 'content', title: 'How many', bullets: ['{{guests}} guests', '{{speaker}}'], chart: CHART },
    { layout: 'content', title: 'On stage: {{speaker}}', when: 'speaker' },
    { layout: 'closing', title: 'Next steps', bullets: ['Book {{event}}'] },
  ],
};
const TEMPLATE = { kind: 'presentation', name: 'House deck', slots: SLOTS, body: BODY };
const VALUES = { event: 'Harbour Lights', day: '2027-06-12T19:30', guests: 1_250 };

const flat = (background: string, width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
const dataUri = (bytes: Buffer): string => `data:image/png;base64,${bytes.toString('base64')}`;

describe('presentations of templates and brand kits', () => {
  let app: TestService;
  let scene: Scene;

  beforeAll(async () => {
    app = await startService(studio, { environment: { IMAGE_MODERATION: 'off' } });
    scene = new Scene(app);
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(() => app.close());

  const organizer = () => app.as({ roles: ['organizer'] });
  const stranger = () => app.as({ tenantId: 'a0000000-0000-4000-8000-000000000002', roles: ['admin'] });
  type User = Awaited<ReturnType<typeof organizer>>;

  async function template(change: object = {}): Promise<string> {
    const made = await (await organizer()).post(TEMPLATES).send({ ...TEMPLATE, ...change });
    expect([made.status, made.body.error]).toEqual([201, null]);
    return made.body.data.id;
  }

  /** The XML of a finished deck's slides, its pictures and its charts. */
  async function slidesOf(user: User, jobId: string) {
    await app.drainJobs();
    const job = await scene.job(user, jobId);
    expect([job.status, job.error]).toEqual(['succeeded', null]);
    const link = new URL(job.assets[0].contentUrl);
    const { body } = await user.get(`${link.pathname}${link.search}`).responseType('blob');
    const zip = await JSZip.loadAsync(body as Buffer);
    const read = async (name: RegExp) =>
      Promise.all(
        Object.keys(zip.files)
          .filter((each) => name.test(each))
          .sort()
          .map((each) => zip.file(each)?.async('string') ?? Promise.resolve('')),
      );
    const pictures = Object.keys(zip.files).filter((each) => /media\/.*\.(png|jpe?g)$/.test(each));
    return {
      job,
      slides: await read(/slides\/slide\d+\.xml$/),
      charts: await read(/charts\/chart\d+\.xml$/),
      pictures,
    };
  }

  it('fills the slots of every type, leaves out what hangs on empty ones, and pins the version', async () => {
    const user = await organizer();
    const templateId = await template();
    const photo = dataUri(await flat('#2266aa', 400, 300));
    const slots = { ...VALUES, tint: '#ff0000', photo };
    const estimate = await user
      .post('/studio/v1/estimates')
      .send({ operation: 'presentations.generate', request: { templateId, slots } });
    const receipt = await user.post(GENERATE).send({ templateId, slots });
    expect([receipt.status, receipt.body.error]).toEqual([202, null]);
    // A picture, a chart, and a slide of words; the one about the speaker is left out.
    expect(receipt.body.data.creditsReserved).toBe(50 + 50 + 25);
    expect(estimate.body.data.credits).toBe(125);
    const { kind: _kind, ...content } = TEMPLATE;
    await user.put(`${TEMPLATES}/${templateId}`).send({ ...content, name: 'Newer', version: 1 });

    const { job, slides, charts, pictures } = await slidesOf(user, receipt.body.data.jobId);
    expect(job).toMatchObject({ creditsCharged: 125, input: { templateId, templateVersion: 1 } });
    expect(slides).toHaveLength(3);
    expect(slides[0]).toContain('Harbour Lights');
    expect(slides[0]).toContain('Saturday, 12 June 2027 · 19:30');
    expect(slides[1]).toContain('1,250 guests');
    expect(slides[1]?.match(/<a:buChar/g)).toHaveLength(1);
    expect(slides[2]).toContain('Book Harbour Lights');
    expect(slides[2]).toContain('FF0000');
    expect(charts[0]).toContain('<c:v>1250</c:v>');
    expect(pictures).toHaveLength(1);
  });

  it('lists the built-in themes as templates, and takes them', async () => {
    const user = await app.as();
    const { body } = await user.get(`${TEMPLATES}?kind=presentation`);
    const builtIn = SYSTEM_TEMPLATES.filter(({ kind }) => kind === 'presentation');
    expect(body.data.filter(({ system }: { system: boolean }) => system)).toMatchObject(
      builtIn.map(({ id, name }) => ({ id, name, kind: 'presentation' })),
    );
    const slate = builtIn.find(({ design }) => design === 'slate');
    const wish = { templateId: slate?.id, slots: { topic: 'A wedding in Goa' }, slides: 2, images: false };
    const receipt = await user.post(GENERATE).send(wish);
    const { slides } = await slidesOf(user, receipt.body.data.jobId);
    expect(slides.join()).toContain('4FA3FF');
    expect(slides[0]).toContain('A wedding in Goa');
  });

  it('wears the colours, letters and logo of the brand kit, and what the caller wrote before them', async () => {
    const user = await organizer();
    const kit = await user.post('/studio/v1/brand-kits').send({
      name: 'Loud',
      colours: [
        { role: 'accent', hex: '#00ff00' },
        { role: 'primary', hex: '#FFE600' },
      ],
      displayFont: 'Playfair Display',
      bodyFont: 'Noto Sans',
      logo: dataUri(await flat('#ffe600', 300, 100)),
    });
    const outline = [{ title: 'Gala' }, { title: 'Points', bullets: ['One'] }];
    const wish = { outline, brandKitId: kit.body.data.id };
    const receipt = await user.post(GENERATE).send(wish);
    expect([receipt.status, receipt.body.error]).toEqual([202, null]);
    const { slides, pictures } = await slidesOf(user, receipt.body.data.jobId);
    for (const [, width, height] of slides.join().matchAll(/<p:pic>.*?<a:ext cx="(\d+)" cy="(\d+)"/gs))
      expect(Number(width) / Number(height)).toBeCloseTo(3, 1);
    expect(slides.every((xml) => xml.includes('<p:pic>'))).toBe(true);
    expect(pictures.length).toBeGreaterThan(0);
    // Dark letters on the harsh yellow, and a dark plate under the yellow logo.
    expect(slides[0]).toContain('14161C');
    expect(slides[0]).toContain('Georgia');
    expect(slides[1]).toContain('Noto Sans');
    const again = await user.post(GENERATE).send({ ...wish, brand: { colours: ['#123456'] } });
    const job = await scene.job(user, again.body.data.jobId);
    expect(job.input.brand).toMatchObject({ colours: ['#123456'], fontFamily: 'Playfair Display' });
  });

  it.each([
    [404, 'STUDIO_1511', 'a brand kit that is not there', () => ({ brandKitId: crypto.randomUUID() })],
    [404, 'STUDIO_1506', 'a template that is not there', () => ({ templateId: crypto.randomUUID() })],
    [404, 'STUDIO_1506', 'a template of posters', () => ({ templateId: SYSTEM_TEMPLATES[0]?.id })],
    [400, 'STUDIO_1508', 'values without a template', () => ({ slots: { event: 'x' } })],
  ])('%i %s for %s, and nothing is held', async (status, code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const refused = await (await app.as()).post(GENERATE).send({ topic: 'a gala', ...wish() });
    expect([refused.status, refused.body.error?.code]).toEqual([status, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it('404 for the brand kit and the template of another tenant', async () => {
    const [templateId, kit] = [
      await template(),
      await (await organizer()).post('/studio/v1/brand-kits').send({ name: 'Ours', colours: [] }),
    ];
    const foreign = await stranger();
    const ask = async (wish: object) =>
      (await foreign.post(GENERATE).send({ topic: 'a gala', ...wish })).body.error;
    expect((await ask({ brandKitId: kit.body.data.id })).code).toBe('STUDIO_1511');
    expect((await ask({ templateId, slots: VALUES })).code).toBe('STUDIO_1506');
  });

  it('names every fault of the values, and takes no outline beside a template', async () => {
    const user = await app.as();
    const templateId = await template();
    const slots = { event: 'x'.repeat(61), tint: 'red', guests: '12', nobody: 1 };
    const refused = await user.post(GENERATE).send({ templateId, slots });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'STUDIO_1508']);
    expect(refused.body.error.details.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      'slots.day',
      'slots.event',
      'slots.guests',
      'slots.nobody',
      'slots.tint',
    ]);
    const both = await user.post(GENERATE).send({ templateId, slots: VALUES, outline: [{ title: 'x' }] });
    expect(both.body.error.code).toBe('STUDIO_1605');
    const empty = await template({ slots: SLOTS, body: { ...BODY, slides: [BODY.slides[2]] } });
    expect((await user.post(GENERATE).send({ templateId: empty, slots: VALUES })).body.error.code).toBe(
      'STUDIO_1508',
    );
    const poster = { title: 'x', date: '2027-06-12', venue: 'y', templateId };
    expect((await user.post('/studio/v1/posters/generate').send(poster)).body.error.code).toBe('STUDIO_1506');
  });

  const first = BODY.slides[0];
  it.each([
    ['a tree of papers', { type: 'box', children: [] }],
    ['no slides', { ...BODY, slides: [] }],
    ['31 slides', { ...BODY, slides: Array.from({ length: 31 }, () => first) }],
    ['a slide without a title', { ...BODY, slides: [{ layout: 'title' }] }],
    ['an unknown property', { ...BODY, slides: [{ ...first, onclick: 'x' }] }],
    ['a list for a slide', { ...BODY, slides: [[first]] }],
    ['a slot that there is not', { ...BODY, slides: [{ ...first, title: '{{nobody}}' }] }],
    ['a picture of words', { ...BODY, slides: [{ ...first, image: 'event' }] }],
    ['an address for a picture', { ...BODY, slides: [{ ...first, image: 'https://example.com/a.png' }] }],
    [
      'a number of words',
      {
        ...BODY,
        slides: [{ ...first, chart: { ...CHART, series: [{ name: 'n', values: ['{{event}}', 1] }] } }],
      },
    ],
    [
      'a value too few',
      { ...BODY, slides: [{ ...first, chart: { ...CHART, series: [{ name: 'n', values: [1] }] } }] },
    ],
    ['a colour that is markup', { ...BODY, colours: ['"/><script>'] }],
    ['a theme that there is not', { ...BODY, theme: 'nothing' }],
    [
      'more text than a deck may have',
      { ...BODY, slides: Array.from({ length: 30 }, () => ({ ...first, notes: 'long '.repeat(500) })) },
    ],
  ])('400 for a template with %s', async (_what, body) => {
    const refused = await (await organizer()).post(TEMPLATES).send({ ...TEMPLATE, body });
    expect([refused.status, refused.body.error?.code]).toEqual([400, 'STUDIO_1507']);
  });
});
