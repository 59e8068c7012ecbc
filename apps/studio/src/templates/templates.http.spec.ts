import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { SYSTEM_TEMPLATES } from './system-templates.js';

const TEMPLATES = '/studio/v1/templates';
const SLOTS = [
  { name: 'title', type: 'text', required: true, maxLength: 60 },
  { name: 'date', type: 'date', required: true },
  { name: 'tint', type: 'colour', required: true },
  { name: 'speaker', type: 'text' },
  { name: 'tickets', type: 'url' },
];
const BODY = {
  type: 'box',
  padding: 8,
  gap: 3,
  fill: 'paper',
  children: [
    { type: 'text', text: '{{title}}', size: 10, weight: 800, colour: '{{tint}}' },
    { type: 'text', text: '{{date}}', size: 4, colour: 'ink' },
    { type: 'text', text: 'With {{speaker}}', when: 'speaker', size: 3, colour: 'ink' },
    { type: 'qr', slot: 'tickets', size: 12 },
  ],
};
const TEMPLATE = { kind: 'poster', name: 'House style', slots: SLOTS, body: BODY };

describe('/templates', () => {
  let app: TestService;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(1_000));
  afterAll(() => app.close());

  const organizer = () => app.as({ roles: ['organizer'] });

  it('lists the built-in ones first, filtered by kind', async () => {
    const { body } = await (await app.as()).get(`${TEMPLATES}?kind=invitation`);
    const builtIn = SYSTEM_TEMPLATES.filter(({ kind }) => kind === 'invitation').map(({ id }) => id);
    expect(body.data.slice(0, builtIn.length).map(({ id }: { id: string }) => id)).toEqual(builtIn);
  });

  it('a change is a new version, told by an event; jobs pin theirs', async () => {
    const user = await organizer();
    const created = await user.post(TEMPLATES).send(TEMPLATE);
    expect([created.status, created.body.data?.version]).toEqual([201, 1]);
    const path = `${TEMPLATES}/${created.body.data.id}`;
    const wish = {
      title: 'Talk',
      date: '2027-06-12',
      venue: 'Hall',
      templateId: created.body.data.id,
      slots: { tint: '#aa1122' },
      sizes: ['linkedin'],
    };
    const job = await user.post('/studio/v1/posters/generate').send(wish);
    expect([job.status, job.body.data?.creditsReserved]).toEqual([202, 15]);

    const { kind: _kind, ...content } = TEMPLATE;
    const changed = await user.put(path).send({ ...content, name: 'Newer', version: 1 });
    expect(changed.body.data).toMatchObject({ name: 'Newer', version: 2 });
    const late = await user.put(path).send({ ...content, version: 1 });
    expect([late.status, late.body.error.code]).toEqual([409, 'STUDIO_1509']);

    await app.drainJobs();
    const { body } = await user.get(`/studio/v1/render-jobs/${job.body.data.jobId}`);
    expect(body.data).toMatchObject({ status: 'succeeded', input: { templateVersion: 1 } });
  });

  it('tells outgoing webhooks that it came, changed and went', async () => {
    const scene = new Scene(app);
    await scene.hook(['template.created', 'template.updated', 'template.deleted']);
    const user = await organizer();
    const { body } = await user.post(TEMPLATES).send(TEMPLATE);
    const path = `${TEMPLATES}/${body.data.id}`;
    const { kind: _kind, ...content } = TEMPLATE;
    await user.put(path).send({ ...content, version: 1 });
    // Somebody who comes too late changed nothing, so there is nothing to tell.
    await user.put(path).send({ ...content, version: 1 });
    await user.delete(path);
    const told = (await scene.told()).map(({ event_type, data }) => [event_type, data]);
    const what = (version: number) => expect.objectContaining({ templateId: body.data.id, version });
    expect(told).toEqual([
      ['template.created', what(1)],
      ['template.updated', what(2)],
      ['template.deleted', what(2)],
    ]);
  });

  it('names every fault of the values at once', async () => {
    const user = await organizer();
    const { body } = await user.post(TEMPLATES).send(TEMPLATE);
    const wish = {
      title: 'x'.repeat(61),
      date: '2027-06-12',
      venue: 'Hall',
      templateId: body.data.id,
      slots: { tint: 'red', tickets: 'javascript:1', nobody: 1 },
    };
    const refused = await user.post('/studio/v1/posters/generate').send(wish);
    expect([refused.status, refused.body.error.code]).toEqual([400, 'STUDIO_1508']);
    expect(refused.body.error.details.faults.map(({ field }: { field: string }) => field).sort()).toEqual([
      'slots.nobody',
      'slots.tickets',
      'slots.tint',
      'slots.title',
    ]);
  });

  it.each([
    ['an unknown kind of node', { type: 'html', html: '<script>' }],
    ['a kind of node that every object has', { type: 'constructor' }],
    ['an unknown property', { type: 'text', text: 'a', size: 3, onclick: 'x' }],
    ['an address outside of slots', { type: 'image', slot: 'https://example.com/a.png' }],
    ['a slot that there is not', { type: 'text', text: '{{nobody}}', size: 3 }],
    ['a colour that is markup', { type: 'shape', shape: 'circle', fill: '"/><script>' }],
    ['a size out of bounds', { type: 'text', text: 'a', size: 4_000 }],
  ])('refuses %s', async (_what, child) => {
    const { status, body } = await (
      await organizer()
    )
      .post(TEMPLATES)
      .send({ ...TEMPLATE, body: { type: 'box', children: [child] } });
    expect([status, body.error?.code]).toEqual([400, 'STUDIO_1507']);
  });

  it('users read, organizers write, other tenants see nothing, and removed ones are gone', async () => {
    const user = await organizer();
    const { body } = await user.post(TEMPLATES).send(TEMPLATE);
    const path = `${TEMPLATES}/${body.data.id}`;
    expect((await (await app.as()).get(path)).status).toBe(200);
    expect((await (await app.as()).post(TEMPLATES).send(TEMPLATE)).status).toBe(403);
    const stranger = await app.as({ tenantId: 'a0000000-0000-4000-8000-000000000002', roles: ['admin'] });
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.delete(path)).status).toBe(404);
    expect((await user.delete(path)).status).toBe(200);
    expect((await user.get(path)).status).toBe(404);
    const builtIn = await user.delete(`${TEMPLATES}/${SYSTEM_TEMPLATES[0]?.id}`);
    expect([builtIn.status, builtIn.body.error.code]).toEqual([409, 'STUDIO_1510']);
  });
});
