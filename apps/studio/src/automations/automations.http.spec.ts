import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@eventzr/config';
import { Inbox } from '@eventzr/events';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { Scene } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { SYSTEM_TEMPLATES } from '../templates/system-templates.js';

const AUTOMATIONS = '/studio/v1/automations';
const ORGANISER = '00000000-0000-4000-8000-000000000e01';
const PAYLOAD = {
  name: 'Harbour Lights',
  startsAt: '2027-06-12T19:30:00Z',
  venue: { name: 'Pier 7', city: 'Hamburg' },
  organizerId: ORGANISER,
};

describe('automations', () => {
  let app: TestService;
  let sequence = 0;

  beforeAll(async () => {
    app = await startService(studio);
  });
  beforeEach(() => app.wallet.balance(1_000));
  afterAll(() => app.close());

  const wish = async (eventCreated: object) =>
    (await app.as({ roles: ['admin'] })).put(AUTOMATIONS).send({ eventCreated });

  async function tell(data: object, id = newId()) {
    const event = {
      specversion: '1.0' as const,
      id,
      type: 'eventzr.event.created.v1',
      source: 'event-svc',
      subject: TEST_TENANT,
      time: app.clock.now().toISOString(),
      datacontenttype: 'application/json' as const,
      sequence: (sequence += 1),
      aggregateid: newId(),
      data: { ...data },
    };
    // As the listener of the broker does it: the private route takes this type from none of our services.
    await app.service.app.get(Inbox, { strict: false }).receive('event-svc', [event]);
    await app.drainJobs();
    return event;
  }

  async function jobs() {
    const { body } = await (await app.as({ userId: ORGANISER })).get('/studio/v1/render-jobs');
    return body.data as { id: string; type: string; status: string; creditsCharged: number; input: object }[];
  }

  const ids = async () => (await jobs()).map(({ id }) => id);

  it('nothing is made until the tenant switches it on', async () => {
    const before = await (await app.as({ roles: ['organizer'] })).get(AUTOMATIONS);
    expect(before.body.data).toMatchObject({ eventCreated: { poster: false, invitation: false } });
    await tell(PAYLOAD);
    expect(await jobs()).toEqual([]);
  });

  it('makes both for the organiser, once however often the event comes', async () => {
    expect((await wish({ poster: true, invitation: true })).status).toBe(200);
    const { id } = await tell(PAYLOAD);
    await tell(PAYLOAD, id);
    const made = await jobs();
    expect(made.map(({ type, status, creditsCharged }) => [type, status, creditsCharged]).sort()).toEqual([
      ['invitation', 'succeeded', 40],
      ['poster', 'succeeded', 40],
    ]);
    expect(made[0]?.input).toMatchObject({ title: 'Harbour Lights', venue: 'Pier 7, Hamburg' });
    expect(app.wallet.faults).toEqual([]);
  });

  it.each([
    ['too few credits', PAYLOAD, 10],
    ['no venue', { ...PAYLOAD, venue: null }, 1_000],
    ['letters that no font has', { ...PAYLOAD, name: '夏祭り' }, 1_000],
    ['a date in words', { ...PAYLOAD, startsAt: 'soon' }, 1_000],
  ])('makes nothing for %s, and does not try again', async (_what, data, credits) => {
    await wish({ poster: true, invitation: false });
    app.wallet.balance(credits);
    const before = await ids();
    await tell(data);
    app.clock.advance(3_600_000);
    await app.drainJobs();
    expect(await ids()).toEqual(before);
    expect(app.wallet.taken.filter(({ state }) => state === 'open')).toEqual([]);
  });

  it('what could not be made while the wallet was down is made once it is back, once', async () => {
    await wish({ poster: true, invitation: true });
    const [before, scene] = [await ids(), new Scene(app)];
    app.wallet.failNext('error', 20);
    await tell(PAYLOAD);
    expect(await ids()).toEqual(before);
    app.wallet.recover();
    app.clock.advance(61_000);
    expect(await scene.sweep('sweep-automations')).toMatchObject({ succeeded: 1 });
    await app.drainJobs();
    expect(await ids()).toHaveLength(before.length + 2);
    app.clock.advance(61_000);
    expect(await scene.sweep('sweep-automations')).toMatchObject({ processed: 0 });
  });

  it('what cannot be made for a day is given up', async () => {
    await wish({ poster: true, invitation: false });
    const scene = new Scene(app);
    app.wallet.failNext('error', 20);
    const { id } = await tell(PAYLOAD);
    app.clock.advance(25 * 3_600_000);
    expect(await scene.sweep('sweep-automations')).toMatchObject({ failed: 1 });
    app.wallet.recover();
    const runs = await scene.rows('SELECT state, error_code FROM automation_runs WHERE event_id = $1', [id]);
    expect(runs).toEqual([{ state: 'refused', error_code: 'UNAVAILABLE' }]);
  });

  it('400 for a wish without settings', async () => {
    const { status, body } = await (await app.as({ roles: ['admin'] })).put(AUTOMATIONS).send({});
    expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('only organizers see and change it; unknown kits are refused', async () => {
    expect((await (await app.as()).get(AUTOMATIONS)).status).toBe(403);
    const { body } = await wish({ poster: true, invitation: false, brandKitId: newId() });
    expect(body.error.code).toBe('STUDIO_1511');
    const slides = SYSTEM_TEMPLATES.find(({ kind }) => kind === 'presentation');
    const refused = await wish({ poster: true, invitation: false, templateId: slides?.id });
    expect([refused.status, refused.body.error?.code]).toEqual([404, 'STUDIO_1506']);
  });

  it('the private route takes the event from none of our services', async () => {
    const event = {
      specversion: '1.0', id: newId(), type: 'eventzr.event.created.v1', source: 'event-svc', subject: TEST_TENANT,
      time: app.clock.now().toISOString(), datacontenttype: 'application/json', sequence: 1, aggregateid: newId(), data: PAYLOAD,
    }; // prettier-ignore
    const { status } = await app
      .internal('vault')
      .post('/studio/v1/internal/events')
      .send({ events: [event] });
    expect(status).toBe(403);
  });
});
