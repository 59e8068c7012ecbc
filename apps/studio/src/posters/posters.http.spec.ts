import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import sharp from 'sharp';
import { SYSTEM_TEMPLATES } from '../templates/system-templates.js';
import { studio } from '../studio.service-definition.js';

const POSTERS = '/studio/v1/posters/generate';
const INVITATIONS = '/studio/v1/invitations/generate';
const PARTY = { title: 'Harbour Lights', date: '2027-06-12T19:30', venue: 'Pier 7, Hamburg' };
const SMALL = { sizes: ['linkedin'], formats: ['png'] };

interface AssetSeen {
  readonly id: string;
  readonly role: string;
  readonly mimeType: string;
  readonly width?: number;
}

describe('posters and invitations', () => {
  let app: TestService;
  let folder: string;

  beforeAll(async () => {
    app = await startService(studio);
    folder = mkdtempSync(join(tmpdir(), 'posters-'));
  });
  beforeEach(() => app.wallet.balance(10_000));
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function made(
    route: string,
    wish: object,
  ): Promise<{ job: Record<string, unknown>; assets: AssetSeen[] }> {
    const user = await app.as({ roles: ['organizer'] });
    const receipt = await user.post(route).send(wish);
    expect([receipt.status, receipt.body.error]).toEqual([202, null]);
    await app.drainJobs();
    const { body } = await user.get(`/studio/v1/render-jobs/${receipt.body.data.jobId}`);
    expect(body.data).toMatchObject({ status: 'succeeded', error: null });
    return { job: body.data, assets: body.data.assets };
  }

  async function bytesOf({ id }: AssetSeen): Promise<Buffer> {
    const user = await app.as({ roles: ['organizer'] });
    const { body } = await user
      .get(`/studio/v1/assets/${id}/content`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    return body as Buffer;
  }

  async function saved(asset: AssetSeen): Promise<string> {
    const path = join(folder, `${asset.id}.${asset.role.split('.').at(-1)}`);
    writeFileSync(path, await bytesOf(asset));
    return path;
  }

  it('needs only a title, a date and a venue, and comes in A4 for the price of layout and image', async () => {
    const { job, assets } = await made(POSTERS, PARTY);
    expect(job).toMatchObject({ type: 'poster', creditsCharged: 40 });
    expect(assets).toMatchObject([{ role: 'a4.png', mimeType: 'image/png', width: 2480 }]);
    expect(app.wallet.faults).toEqual([]);
  });

  it('one job, a file for each size and format; the PDF carries its text', async () => {
    const { assets } = await made(POSTERS, {
      ...PARTY,
      design: 'layout',
      sizes: ['x', 'instagram-square'],
      formats: ['png', 'pdf', 'svg'],
    });
    expect(assets.map(({ role }) => role).sort()).toEqual(
      [
        'instagram-square.pdf',
        'instagram-square.png',
        'instagram-square.svg',
        'x.pdf',
        'x.png',
        'x.svg',
      ].sort(),
    );
    const png = assets.find(({ role }) => role === 'x.png');
    expect(await sharp(await bytesOf(png as AssetSeen)).metadata()).toMatchObject({
      width: 1600,
      height: 900,
    });
    const pdf = await saved(assets.find(({ role }) => role === 'x.pdf') as AssetSeen);
    const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    for (const words of [PARTY.title, '12 June 2027', PARTY.venue])
      expect(text.toLowerCase()).toContain(words.toLowerCase());
  });

  it('an invitation has a QR code that leads to the RSVP address, and a calendar file', async () => {
    const rsvpUrl = 'https://eventzr.example/rsvp/4711';
    const { job, assets } = await made(INVITATIONS, {
      ...PARTY,
      ...SMALL,
      design: 'layout',
      rsvpUrl,
      invitee: 'Zoë',
      timeZone: 'Europe/Berlin',
    });
    expect(job).toMatchObject({ type: 'invitation', creditsCharged: 25 });
    const [picture, calendar] = assets as [AssetSeen, AssetSeen];
    expect(execFileSync('zbarimg', ['-q', '--raw', await saved(picture)], { encoding: 'utf8' }).trim()).toBe(
      rsvpUrl,
    );
    expect(calendar).toMatchObject({ role: 'calendar', mimeType: 'text/calendar' });
    const ics = (await bytesOf(calendar)).toString();
    expect(ics).toContain('DTSTART:20270612T173000Z\r\n');
    expect(ics).toContain(`URL:${rsvpUrl}\r\n`);
  });

  it('a built-in template costs 15 and draws no scene', async () => {
    const [template] = SYSTEM_TEMPLATES;
    const { job } = await made(POSTERS, { ...PARTY, ...SMALL, templateId: template?.id });
    expect(job).toMatchObject({ creditsCharged: 15 });
  });

  it.each([
    [{}, 40],
    [{ design: 'layout' }, 25],
    [{ templateId: SYSTEM_TEMPLATES[0]?.id }, 15],
    [{ templateId: SYSTEM_TEMPLATES[0]?.id, design: 'layout-and-image' }, 40],
  ])('the estimate of %j is the hold', async (wish, credits) => {
    const request = { ...PARTY, ...SMALL, ...wish };
    const user = await app.as();
    const estimate = await user.post('/studio/v1/estimates').send({ operation: 'posters.generate', request });
    expect(estimate.body.data).toMatchObject({ credits });
    const { body } = await user.post(POSTERS).send(request);
    expect(body.data.creditsReserved).toBe(credits);
  });

  it.each([
    ['STUDIO_1500', 'no title', { date: PARTY.date, venue: PARTY.venue }],
    ['STUDIO_1500', 'no date', { title: 'x', venue: 'y' }],
    ['STUDIO_1500', 'a blank venue', { ...PARTY, venue: '  ' }],
    ['STUDIO_1500', 'a title of 121 letters', { ...PARTY, title: 'x'.repeat(121) }],
    ['STUDIO_1501', 'a date in words', { ...PARTY, date: 'next Friday' }],
    ['STUDIO_1501', 'a day that there is not', { ...PARTY, date: '2027-02-30' }],
    ['STUDIO_1501', 'an unknown zone', { ...PARTY, timeZone: 'Mars/Olympus' }],
    ['STUDIO_1501', 'an end before the start', { ...PARTY, endDate: '2027-06-11T10:00' }],
    ['STUDIO_1505', 'letters that no font has', { ...PARTY, title: '夏祭り' }],
    ['STUDIO_1506', 'an unknown template', { ...PARTY, templateId: '00000000-0000-4000-8000-00000000dead' }],
    ['STUDIO_1511', 'an unknown brand kit', { ...PARTY, brandKitId: '00000000-0000-4000-8000-00000000dead' }],
    ['STUDIO_1512', 'the design template without a template', { ...PARTY, design: 'template' }],
    ['STUDIO_1700', 'a logo that is no picture', { ...PARTY, logo: 'data:image/png;base64,' }],
    ['VALIDATION_FAILED', 'an unknown size', { ...PARTY, sizes: ['a9'] }],
    ['VALIDATION_FAILED', 'a locale that is none', { ...PARTY, locale: 'en-12' }],
    ['VALIDATION_FAILED', 'a colour in words', { ...PARTY, colours: ['red'] }],
    ['VALIDATION_FAILED', 'a script address', { ...PARTY, ticketUrl: 'javascript:alert(1)' }],
  ])('%s for %s, and nothing is held', async (code, _what, wish) => {
    const holds = app.wallet.taken.length;
    const { status, body } = await (await app.as()).post(POSTERS).send(wish);
    expect([status < 500, body.error?.code]).toEqual([true, code]);
    expect(app.wallet.taken).toHaveLength(holds);
  });

  it.each([
    ['whom it is for', { invitee: 'hardcore p0rn' }],
    ['words that begin as a picture would', { venue: 'data:,hardcore p0rn' }],
    ['a slot in the place of a harmless title', { slots: { title: 'hardcore p0rn' } }],
  ])('words that are not made here are refused in %s, and nothing is held', async (_where, wish) => {
    const holds = app.wallet.taken.length;
    const request = { ...PARTY, ...SMALL, templateId: SYSTEM_TEMPLATES[0]?.id, ...wish };
    const { status, body } = await (await app.as()).post(INVITATIONS).send(request);
    expect([status, body.error?.code, app.wallet.taken.length]).toEqual([422, 'STUDIO_1704', holds]);
  });

  it('a brand kit gives its colours, fonts and logo', async () => {
    const organizer = await app.as({ roles: ['organizer'] });
    const logo = await sharp({ create: { width: 40, height: 20, channels: 4, background: '#ff00ff' } })
      .png()
      .toBuffer();
    const kit = await organizer.post('/studio/v1/brand-kits').send({
      name: 'House',
      colours: [{ role: 'primary', hex: '#0B7285' }],
      displayFont: 'Inter',
      logo: `data:image/png;base64,${logo.toString('base64')}`,
    });
    expect([kit.status, kit.body.data?.hasLogo]).toEqual([201, true]);
    const { assets } = await made(POSTERS, {
      ...PARTY,
      ...SMALL,
      design: 'layout',
      seed: 1,
      brandKitId: kit.body.data.id,
    });
    const { data, info } = await sharp(await bytesOf(assets[0] as AssetSeen))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const seen = (r: number, g: number, b: number): boolean => {
      for (let at = 0; at < data.length; at += info.channels)
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) return true;
      return false;
    };
    expect([seen(0xff, 0x00, 0xff), seen(0x0b, 0x72, 0x85)]).toEqual([true, true]);
    expect(
      (await (await app.as()).post('/studio/v1/brand-kits').send({ name: 'x', colours: [] })).status,
    ).toBe(403);
    const stranger = await app.as({ tenantId: 'a0000000-0000-4000-8000-000000000002', roles: ['admin'] });
    expect((await stranger.get(`/studio/v1/brand-kits/${kit.body.data.id}`)).status).toBe(404);
  });
});
