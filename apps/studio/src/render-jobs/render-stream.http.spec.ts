import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { startFakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { FakeOpenAiImages } from '../providers/openai/openai-images.fake.js';
import type { User } from '../scene.fake.js';
import { CAKE, heard, Scene, until } from '../scene.fake.js';
import { studio } from '../studio.service-definition.js';
import { RenderWakeups } from './render-wakeups.js';

const OTHER_TENANT = 'a0000000-0000-4000-8000-000000000002';
/** Longer than a test may take: only a wake-up ends it. */
const FAR_MS = 600_000;
const eventsOf = (id: string) => `/studio/v1/render-jobs/${id}/events`;

describe('GET /render-jobs/:id/events', () => {
  let app: TestService;
  let scene: Scene;
  let vendor: FakeOpenAiImages;
  let user: User;

  beforeAll(async () => {
    vendor = await startFakeOpenAiImages();
    const environment = { OPENAI_API_KEY: vendor.apiKey, OPENAI_BASE_URL: vendor.baseUrl };
    app = await startService(studio, { environment });
    scene = new Scene(app);
    user = await app.as();
  });
  afterAll(async () => {
    await app.close();
    await vendor.close();
  });

  it('tells an ended job’s story from its beginning, numbered, and ends', async () => {
    const id = await scene.submit(user, { ...CAKE, variants: 2 });
    await scene.work();
    const story = await scene.events(eventsOf(id));
    expect(story.map(({ event }) => event)).toEqual([
      'queued',
      'started',
      'progress',
      'progress',
      'succeeded',
    ]);
    expect(story.map((each) => each.id)).toEqual(['1', '2', '3', '4', '5']);
    expect(story.map(({ data }) => data['progress'])).toEqual([0, undefined, 48, 95, 100]);
    expect(story.at(-1)?.data['assetIds']).toHaveLength(2);
  });

  it.each([
    ['2', ['progress', 'succeeded']],
    ['3', ['succeeded']],
    ['4', []],
    ['999999999', []],
    ['0', ['queued', 'started', 'progress', 'succeeded']],
  ])('Last-Event-ID %s: only what came after it', async (lastEventId, told) => {
    const id = await scene.submit(user);
    await scene.work();
    const story = await scene.events(eventsOf(id), { 'last-event-id': lastEventId });
    expect(story.map(({ event }) => event)).toEqual(told);
  });

  it('tells what happens while it happens, and ends with the job', async () => {
    const { promise: works, resolve: done } = Promise.withResolvers<void>();
    vendor.answerNext({ kind: 'picture', after: works });
    const id = await scene.submit(user, { ...CAKE, provider: 'openai' });
    const response = await fetch(app.url + eventsOf(id), {
      headers: { authorization: await app.tokens.bearer() },
    });
    let text = '';
    const told = (async () => {
      for await (const chunk of response.body ?? [])
        text += Buffer.from(chunk as Uint8Array).toString('utf8');
    })();
    await until(() => text.includes('event: queued'));
    expect(text).not.toContain('event: started');
    const working = app.drainJobs();
    await until(() => text.includes('event: started'));
    expect(text).not.toContain('event: progress');
    done();
    await Promise.all([told, working]);
    expect(heard(text).map(({ event }) => event)).toEqual(['queued', 'started', 'progress', 'succeeded']);
  });

  it('wakes who waits for the end when it comes, and not at each step before', async () => {
    const { promise: works, resolve: done } = Promise.withResolvers<void>();
    vendor.answerNext({ kind: 'picture', after: works });
    const id = await scene.submit(user, { ...CAKE, provider: 'openai' });
    const wakeups = app.service.app.get(RenderWakeups, { strict: false });
    const { signal } = new AbortController();
    const woken: string[] = [];
    const end = wakeups.end(id, FAR_MS, signal).then(() => woken.push('end'));
    const step = wakeups.next(id, FAR_MS, signal).then(() => woken.push('step'));
    const working = app.drainJobs();
    await step;
    expect(woken).toEqual(['step']);
    done();
    await Promise.all([end, working]);
    expect((await user.get(`/studio/v1/render-jobs/${id}`)).body.data.status).toBe('succeeded');
  });

  it('ends at once when the job is cancelled while somebody listens', async () => {
    const id = await scene.submit(user);
    const listening = scene.events(eventsOf(id));
    await user.post(`/studio/v1/render-jobs/${id}/cancel`);
    expect((await listening).map(({ event }) => event)).toEqual(['queued', 'cancelled']);
  });

  it('404 for another tenant and another user, 401 for nobody: no stream is opened', async () => {
    const id = await scene.submit(user);
    const strangers = [
      await app.as({ tenantId: OTHER_TENANT, roles: ['admin'] }),
      await app.as({ userId: '00000000-0000-4000-8000-000000000999' }),
    ];
    for (const stranger of strangers) {
      const { status, body } = await stranger.get(eventsOf(id));
      expect([status, body.error.code]).toEqual([404, 'STUDIO_1900']);
    }
    expect((await app.request().get(eventsOf(id))).status).toBe(401);
  });

  it.each(['-1', '1.5', 'abc', '1e3', '9007199254740991', '99999999999999999999'])(
    '400 for Last-Event-ID %s',
    async (lastEventId) => {
      const id = await scene.submit(user);
      const { status, body } = await user.get(eventsOf(id)).set('last-event-id', lastEventId);
      expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
    },
  );
});
