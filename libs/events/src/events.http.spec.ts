import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HouseConfig } from '@eventzr/config';
import { Connections } from '@eventzr/db';
import { startService, type TestService } from '@eventzr/testing';
import { FixtureDb } from '@eventzr/testing/fixture';
import { EventHandler } from './event-handler.js';
import type { CloudEvent } from './cloud-event.js';

@Injectable()
class Erase extends EventHandler {
  readonly type = 'eventzr.users.deleted.v1';
  readonly seen: CloudEvent[] = [];

  run(event: CloudEvent): Promise<void> {
    this.seen.push(event);
    return Promise.resolve();
  }
}

@Injectable()
class VaultDb extends FixtureDb {
  constructor(connections: Connections) {
    super(connections);
  }
}

@Module({ providers: [Erase] })
class VaultModule {}

const ROUTE = '/vault/v1/internal/events';

describe('POST /internal/events', () => {
  let vault: TestService;

  beforeAll(async () => {
    vault = await startService({
      name: 'vault',
      title: 'Vault',
      description: 'Takes events.',
      config: HouseConfig,
      db: VaultDb,
      errors: [],
      module: () => VaultModule,
      produces: [],
    });
  });

  afterAll(() => vault.close());

  const event = (change: Partial<CloudEvent> = {}): CloudEvent => ({
    specversion: '1.0',
    id: randomUUID(),
    type: 'eventzr.users.deleted.v1',
    source: 'auth-svc',
    subject: '00000000-0000-0000-0000-000000000001',
    time: '2026-01-15T09:00:00.000Z',
    datacontenttype: 'application/json',
    sequence: 7,
    aggregateid: 'user-1',
    data: { userId: 'user-1' },
    ...change,
  });

  it('200 for its producer; the event is handled once, with all its attributes', async () => {
    const sent = event();
    for (const accepted of [1, 0]) {
      const answer = await vault
        .internal('auth')
        .post(ROUTE)
        .send({ events: [sent] });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        data: { accepted, duplicates: 1 - accepted, ignored: 0 },
        error: null,
      });
    }
    await vault.drainJobs();
    expect(vault.service.app.get(Erase).seen).toEqual([sent]);
  });

  it('403 for any other service', async () => {
    const answer = await vault
      .internal('wallet')
      .post(ROUTE)
      .send({ events: [event()] });
    // The relay of the sender tells this refusal from a guard's by its details.
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: { code: 'FORBIDDEN', details: { sender: 'wallet-svc' } } });
  });

  it('401 with a wrong service key, 404 on the public listener', async () => {
    const forged = await vault
      .internal('auth')
      .post(ROUTE)
      .set('x-service-key', 'x'.repeat(40))
      .send({ events: [event()] });
    expect(forged.status).toBe(401);
    expect((await (await vault.as()).post(ROUTE).send({ events: [event()] })).status).toBe(404);
  });

  it.each<[string, object]>([
    ['an empty batch', { events: [] }],
    ['no CloudEvent', { events: [{ id: 1 }] }],
    ['a foreign version', { events: [{ ...event(), specversion: '0.3' }] }],
    ['a tenant that is no UUID', { events: [event({ subject: 'x' })] }],
    ['a sequence that is no number', { events: [{ ...event(), sequence: 'one' }] }],
    ['a sequence that no table holds', { events: [event({ sequence: 1e300 })] }],
    ['a time that is a week', { events: [event({ time: '2026-W03-4' })] }],
    ['a time after the last year', { events: [event({ time: '9999-12-31T23:59:59-12:00' })] }],
    ['an unknown attribute', { events: [{ ...event(), extra: 1 }] }],
  ])('400 for %s', async (_, body) => {
    expect((await vault.internal('auth').post(ROUTE).send(body)).status).toBe(400);
  });
});
