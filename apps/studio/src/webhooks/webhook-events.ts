import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { JobQueue } from '@eventzr/jobs';
import type { StudioTx } from '../studio.db.js';
import { deliveryJobKey, DELIVERY_TASK } from './webhook-schedule.js';
import type { Webhook } from './webhooks.repository.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';

/** What a webhook may be told. */
export const WEBHOOK_EVENT_TYPES = [
  'render-job.completed',
  'render-job.failed',
  'render-job.cancelled',
  'template.created',
  'template.updated',
  'template.deleted',
  'voice-model.created',
  'voice-model.ready',
] as const;

export const TEST_EVENT_TYPE = 'webhook.test';

/** A message's payload stays below 20 KB, as its specification asks. */
const LARGEST_PAYLOAD_BYTES = 20_000;

export interface WebhookEvent {
  readonly tenantId: string;
  readonly type: (typeof WEBHOOK_EVENT_TYPES)[number];
  /** Plain JSON; ids and states rather than contents. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Tells a tenant's webhooks what happened: written in the transaction that makes it true, sent by the worker. */
@Injectable()
export class WebhookEvents {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  async emit(tx: StudioTx, { type, data }: WebhookEvent): Promise<void> {
    for (const webhook of await this.webhooks.listFor(tx, type)) await this.add(tx, webhook, type, data);
  }

  /** One message to one webhook; answers its id. */
  async add(tx: StudioTx, webhook: Webhook, eventType: string, data: object): Promise<string> {
    const { tenantId, id: webhookId } = webhook;
    const now = this.clock.now();
    const payload = payloadOf(eventType, now, data);
    const id = newId();
    const row = { tenantId, id, webhookId, eventType, payload, status: 'pending', createdAt: now };
    await this.deliveries.insert(tx, { ...row, nextAttemptAt: now });
    await this.queue.enqueue(tx, DELIVERY_TASK, { tenantId, id }, { jobKey: deliveryJobKey(id) });
    return id;
  }
}

function payloadOf(type: string, now: Date, data: object): string {
  const timestamp = now.toISOString();
  const payload = JSON.stringify({ type, timestamp, data });
  if (Buffer.byteLength(payload) < LARGEST_PAYLOAD_BYTES) return payload;
  // Whoever hears of it can still ask for the whole.
  const ids = Object.entries(data).filter(([, value]) => typeof value === 'string' && value.length <= 200);
  return JSON.stringify({ type, timestamp, data: { ...Object.fromEntries(ids), truncated: true } });
}
