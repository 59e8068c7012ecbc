import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HouseConfig } from '@eventzr/config';
import type { CloudEvent } from './cloud-event.js';
import { DirectTransport } from './direct-transport.js';

const EVENT: CloudEvent = {
  specversion: '1.0',
  id: '019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b',
  type: 'eventzr.llm.usage.v1',
  source: 'llm-orch-svc',
  subject: '00000000-0000-0000-0000-000000000001',
  time: '2026-01-15T09:00:00.000Z',
  datacontenttype: 'application/json',
  sequence: 1,
  aggregateid: 'a',
  data: {},
};

describe('DirectTransport', () => {
  let server: Server;
  let status = 200;
  let answer: object = {};
  let seen: { request: IncomingMessage; body: string }[] = [];
  let config: HouseConfig;
  let transport: DirectTransport;

  beforeEach(async () => {
    seen = [];
    answer = {};
    server = createServer((request, response) => {
      void text(request).then((body) => {
        seen.push({ request, body });
        response.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    config = Object.assign(new HouseConfig(), {
      serviceKey: 'k'.repeat(32),
      subscriptionsInternalUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    transport = new DirectTransport(config, { name: 'llm-orch', title: '', version: '' });
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('posts a batch to the private listener, under its own name and key', async () => {
    status = 200;
    expect(await transport.deliver('subscriptions', [EVENT])).toEqual({ kind: 'delivered' });
    const [call] = seen;
    expect([call?.request.method, call?.request.url]).toEqual(['POST', '/subscriptions/v1/internal/events']);
    expect(call?.request.headers).toMatchObject({
      'x-service-name': 'llm-orch',
      'x-service-key': 'k'.repeat(32),
    });
    expect(JSON.parse(call?.body ?? '')).toEqual({ events: [EVENT] });
  });

  const CHECKED = { type: EVENT.type, source: EVENT.source, sender: 'vault-svc' };

  it.each<[status: number, code: string | undefined, details: object | null, kind: string]>([
    [200, undefined, null, 'delivered'],
    [302, undefined, null, 'failed'],
    [400, 'VALIDATION_FAILED', [], 'refused'],
    [400, 'MALFORMED_BODY', null, 'failed'],
    [400, undefined, null, 'failed'],
    [401, 'UNAUTHORIZED', null, 'failed'],
    [401, undefined, null, 'failed'],
    [403, 'FORBIDDEN', CHECKED, 'refused'],
    [403, 'FORBIDDEN', null, 'failed'],
    [403, undefined, null, 'failed'],
    [404, 'NOT_FOUND', null, 'failed'],
    [404, undefined, null, 'failed'],
    [408, undefined, null, 'failed'],
    [413, 'PAYLOAD_TOO_LARGE', null, 'refused'],
    [413, undefined, null, 'refused'],
    [425, undefined, null, 'failed'],
    [429, 'RATE_LIMITED', null, 'failed'],
    [500, 'INTERNAL', null, 'failed'],
    [503, 'UNAVAILABLE', null, 'failed'],
  ])('reads %i %s with details %j as %s', async (answered, code, details, kind) => {
    status = answered;
    answer = code === undefined ? {} : { data: null, error: { code, details } };
    expect((await transport.deliver('subscriptions', [EVENT])).kind).toBe(kind);
    expect(seen).toHaveLength(1);
  });

  it('fails, without throwing, when nobody answers', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await transport.deliver('subscriptions', [EVENT])).toEqual({
      kind: 'failed',
      error: 'ECONNREFUSED',
    });
  });

  it('fails for a service whose address is not configured', async () => {
    expect(await transport.deliver('vault', [EVENT])).toMatchObject({ kind: 'failed' });
  });

  it('goes to the subscribers of the static table', () => {
    expect(transport.destinations('eventzr.users.deleted.v1')).toEqual(['vault', 'subscriptions']);
    expect(transport.destinations('eventzr.subscription.payment_succeeded.v1')).toEqual(['wallet', 'auth']);
    expect(transport.destinations('eventzr.wallet.balance.updated.v1')).toEqual([]);
  });
});
