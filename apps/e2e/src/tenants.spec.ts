import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningPlatform, TENANT } from './platform.js';
import type { DocumentedRoute } from './routes.js';
import { documentedRoutes, filled } from './routes.js';

/** Plans belong to no tenant. */
const GLOBAL = '/subscriptions/v1/plans';
/** Nobody has a voice made without a vendor: another spec asks for them. */
const NEEDS_A_VENDOR = '/studio/v1/voice-models';
/** A picture that was made has no smaller one beside it. */
const SHOWN_BY_ITSELF = /\/thumbnail$/;
const NEVER = '0190b6a0-0000-7000-8000-000000000001';
/** Routes of the platform admin alone (contract sections 3 and 4). */
const PLATFORM_ADMIN = /\/(top-ups|freeze|unfreeze|refunds|tenants\/\{id\})$/;

/** Every documented route with an id, asked by the other tenant's admin for something that exists: it does not, for them. */
describe('the other tenant', () => {
  let eventzr: RunningPlatform;
  let admin: string;
  let stranger: string;
  let routes: readonly DocumentedRoute[];
  /** What exists in the first tenant, by the path that names it. */
  let things: Readonly<Record<string, string>>;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    admin = await eventzr.login('admin@eventzr.com');
    stranger = await eventzr.login('admin@startup.co');
    routes = documentedRoutes(eventzr).filter(
      ({ path, bearer }) =>
        bearer && path.includes('{id}') && !path.startsWith(GLOBAL) && !path.startsWith(NEEDS_A_VENDOR),
    );
    things = await makeThings();
  }, 120_000);
  afterAll(() => eventzr.stop());

  it('finds a thing for every route that names one by its id', () => {
    const missing = routes.map(({ path }) => thingOf(path)).filter((thing) => things[thing] === undefined);
    expect(missing).toEqual([]);
  });

  it('gets 404 for what its owner gets 200', async () => {
    for (const route of routes) {
      const path = filled(route.path, () => things[thingOf(route.path)] ?? '');
      if (route.method === 'GET' && !SHOWN_BY_ITSELF.test(route.path)) {
        const mine = await eventzr.call(path, { token: admin });
        expect([route.path, mine.status]).toEqual([route.path, 200]);
      }
      const body = route.jsonBody ? bodyFor(route) : undefined;
      const theirs = await eventzr.call(path, { method: route.method, token: stranger, body });
      // The platform admin's own routes refuse everybody else before they look: the same for what never existed.
      const never = await eventzr.call(
        filled(route.path, () => NEVER),
        { method: route.method, token: stranger, body },
      );
      expect([route.method, route.path, theirs.status]).toEqual([route.method, route.path, never.status]);
      expect([404, ...(PLATFORM_ADMIN.test(route.path) ? [403] : [])]).toContain(theirs.status);
    }
  });

  it('sees nothing of it in any list', async () => {
    const ids = new Set(Object.values(things));
    const lists = [
      '/studio/v1/render-jobs',
      '/studio/v1/assets',
      '/vault/v1/assets',
      '/aibrain/v1/requests',
      '/aibrain/v1/conversations',
      '/subscriptions/v1/subscriptions',
      '/wallet/v1/wallets',
      '/auth/v1/users',
      '/auth/v1/sessions',
    ];
    for (const list of lists) {
      const { status, data } = await eventzr.call<{ id: string }[]>(list, { token: stranger });
      expect([list, status]).toEqual([list, 200]);
      expect(data.filter(({ id }) => ids.has(id))).toEqual([]);
    }
  });

  async function makeThings(): Promise<Record<string, string>> {
    const job = await eventzr.call<{ id: string; assets: { id: string }[] }>('/studio/v1/images/generate', {
      token: admin,
      headers: { prefer: 'wait=30' },
      body: { prompt: 'a lighthouse', width: 256, height: 256 },
    });
    const thought = await eventzr.call<{ id: string; conversationId: string }>('/aibrain/v1/orchestrate', {
      token: admin,
      body: { prompt: 'Plan a picnic', maxTokens: 100 },
    });
    const subscriptions = await eventzr.call<{ id: string }[]>('/subscriptions/v1/subscriptions', {
      token: admin,
    });
    const wallet = await eventzr.wallet(admin);
    const moves = await eventzr.call<{ id: string }[]>(`/wallet/v1/wallets/${wallet.id}/transactions`, {
      token: admin,
    });
    return {
      '/studio/v1/render-jobs': job.data.id,
      '/studio/v1/assets': job.data.assets[0]?.id ?? '',
      '/studio/v1/brand-kits': await made('/studio/v1/brand-kits', BRAND_KIT),
      '/studio/v1/templates': await made('/studio/v1/templates', { ...TEMPLATE, kind: 'poster' }),
      '/studio/v1/webhooks': await made('/studio/v1/webhooks', WEBHOOK),
      '/aibrain/v1/requests': thought.data.id,
      '/aibrain/v1/conversations': thought.data.conversationId,
      '/subscriptions/v1/subscriptions': subscriptions.data[0]?.id ?? '',
      '/wallet/v1/wallets': wallet.id,
      '/wallet/v1/transactions': moves.data[0]?.id ?? '',
      '/vault/v1/assets': await uploaded(),
      '/auth/v1/users': (await firstOf('/auth/v1/users?role=partner')).id,
      '/auth/v1/sessions': (await firstOf('/auth/v1/sessions')).id,
      '/auth/v1/tenants': TENANT,
    };
  }

  async function made(path: string, body: object): Promise<string> {
    return (await eventzr.call<{ id: string }>(path, { method: 'POST', token: admin, body })).data?.id ?? '';
  }

  async function firstOf(list: string): Promise<{ id: string }> {
    const [first] = (await eventzr.call<{ id: string }[]>(list, { token: admin })).data;
    return first ?? { id: '' };
  }

  async function uploaded(): Promise<string> {
    const form = new FormData();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    form.append('file', new Blob([png], { type: 'image/png' }), 'dot.png');
    const response = await fetch(`${eventzr.url}/vault/v1/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin}` },
      body: form,
    });
    const { data } = (await response.json()) as { data: { id: string } | null };
    return data?.id ?? '';
  }
});

/** `/studio/v1/assets/{id}/content` -> `/studio/v1/assets` */
function thingOf(path: string): string {
  return path.slice(0, path.indexOf('/{id}'));
}

const BRAND_KIT = { name: 'House', colours: [{ role: 'primary', hex: '#113355' }] };
const TEMPLATE = {
  name: 'House style',
  slots: [{ name: 'title', type: 'text', required: true }],
  body: { type: 'box', children: [{ type: 'text', text: '{{title}}', size: 10, colour: 'ink' }] },
};
const WEBHOOK = { url: 'https://93.184.215.14/hook', eventTypes: ['render-job.failed'] };

/** A body that the route would accept from its own tenant. */
function bodyFor({ path }: DocumentedRoute): object {
  if (path.startsWith('/studio/v1/brand-kits/')) return BRAND_KIT;
  if (path.startsWith('/studio/v1/templates/')) return { ...TEMPLATE, version: 1 };
  return path.endsWith('/top-ups') || path.endsWith('/refunds') ? { amount: 1, reason: 'test' } : {};
}
