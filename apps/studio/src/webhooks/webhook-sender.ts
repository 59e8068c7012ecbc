import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { JobHandler, JobQueue } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import { FetchRefused, SafeFetch } from '@eventzr/safe-fetch';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import type { Delivery } from './deliveries.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { deliveryJobKey, DELIVERY_TASK, nextAttemptMs } from './webhook-schedule.js';
import { WebhookSecrets } from './webhook-secrets.js';
import type { Webhook } from './webhooks.repository.js';
import { WebhooksRepository } from './webhooks.repository.js';

const TIMEOUT_MS = 15_000;
const LEASE_MS = 60_000;
const GONE = 410;

/** What the other side answered, or why it did not. */
type Answer = { readonly status: number } | { readonly error: string };

/** Sends one message once, and writes down what came of it. */
@Injectable()
export class WebhookSender extends JobHandler {
  readonly task = DELIVERY_TASK;

  constructor(
    private readonly db: StudioDb,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly secrets: WebhookSecrets,
    private readonly fetch: SafeFetch,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(pointer: JobPayload): Promise<void> {
    await this.attempt(pointer);
  }

  /** False: it was not due, or somebody else sends it. */
  async attempt({ tenantId, id }: JobPayload): Promise<boolean> {
    const claimed = await this.db.withTenant((tx) => this.claim(tx, id), tenantId);
    if (claimed === null) return false;
    const { delivery, webhook } = claimed;
    const answer: Answer = webhook.active
      ? await this.send(webhook, delivery)
      : { error: 'the webhook is switched off' };
    await this.db.withTenant((tx) => this.settle(tx, webhook, delivery, answer), tenantId);
    return true;
  }

  private async claim(tx: StudioTx, id: string): Promise<{ delivery: Delivery; webhook: Webhook } | null> {
    const now = this.clock.now();
    const delivery = await this.deliveries.claim(tx, id, now, new Date(now.getTime() + LEASE_MS));
    if (delivery === null) return null;
    const webhook = await this.webhooks.find(tx, delivery.webhookId);
    return webhook === null ? null : { delivery, webhook };
  }

  private async send(webhook: Webhook, { id, payload }: Delivery): Promise<Answer> {
    try {
      const message = { body: payload, headers: this.secrets.headers(webhook, id, payload) };
      return await this.fetch.post(webhook.url, message, { timeoutMs: TIMEOUT_MS });
    } catch (error) {
      if (!(error instanceof FetchRefused)) throw error;
      return { error: error.message };
    }
  }

  private async settle(tx: StudioTx, webhook: Webhook, delivery: Delivery, answer: Answer): Promise<void> {
    const now = this.clock.now();
    const status = 'status' in answer ? answer.status : null;
    const told = { lastStatus: status, lastError: 'error' in answer ? answer.error : null };
    if (status !== null && status >= 200 && status < 300) {
      await this.deliveries.settle(tx, delivery, { ...told, status: 'delivered', finishedAt: now });
      return;
    }
    const waitMs = status === GONE || !webhook.active ? undefined : nextAttemptMs(delivery.attempts);
    if (status === GONE) await this.disable(tx, webhook, now);
    if (waitMs === undefined) {
      await this.deliveries.settle(tx, delivery, { ...told, status: 'failed', finishedAt: now });
      return;
    }
    const nextAttemptAt = new Date(now.getTime() + waitMs);
    if (!(await this.deliveries.settle(tx, delivery, { ...told, nextAttemptAt }))) return;
    const { tenantId, id } = delivery;
    const options = { jobKey: deliveryJobKey(id), runAt: nextAttemptAt };
    await this.queue.enqueue(tx, DELIVERY_TASK, { tenantId, id }, options);
  }

  /** The other side said that nobody listens there any more. */
  private async disable(tx: StudioTx, { id }: Webhook, updatedAt: Date): Promise<void> {
    this.logger.info({ webhookId: id }, 'a webhook answered 410 and was switched off');
    await this.webhooks.change(tx, id, { active: false, disabledReason: 'it answered 410 Gone', updatedAt });
  }
}
