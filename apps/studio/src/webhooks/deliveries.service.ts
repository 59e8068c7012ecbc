import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { decodeCursor, encodeCursor, IdCursor, paged } from '@eventzr/http';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import type { Delivery } from './deliveries.repository.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { TEST_EVENT_TYPE, WebhookEvents } from './webhook-events.js';
import { deliveryView } from './webhook-views.js';
import type { ListWebhooksQuery } from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

/** What was sent to a webhook, and what is sent again at its owner's wish. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly db: StudioDb,
    private readonly webhooks: WebhooksService,
    private readonly deliveries: DeliveriesRepository,
    private readonly events: WebhookEvents,
    private readonly clock: Clock,
  ) {}

  async list(webhookId: string, query: ListWebhooksQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const rows = await this.db.withTenant(async (tx) => {
      await this.webhooks.known(tx, webhookId);
      return this.deliveries.list(tx, webhookId, before, query.limit + 1);
    });
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(page.map(deliveryView), { nextCursor, limit: query.limit });
  }

  /** A message that says that it is a test, sent and logged as others are. */
  async test(webhookId: string) {
    return this.db.withTenant(async (tx) => {
      const webhook = await this.webhooks.known(tx, webhookId);
      const data = { webhookId, sentAt: this.clock.now().toISOString() };
      const id = await this.events.add(tx, webhook, TEST_EVENT_TYPE, data);
      return deliveryView(await this.known(tx, webhookId, id));
    });
  }

  /** The same payload as a new message. */
  async redeliver(webhookId: string, deliveryId: string) {
    return this.db.withTenant(async (tx) => {
      const webhook = await this.webhooks.known(tx, webhookId);
      const { eventType, payload } = await this.known(tx, webhookId, deliveryId);
      const { data } = JSON.parse(payload) as { data: object };
      const id = await this.events.add(tx, webhook, eventType, data);
      return deliveryView(await this.known(tx, webhookId, id));
    });
  }

  private async known(tx: StudioTx, webhookId: string, id: string): Promise<Delivery> {
    const delivery = await this.deliveries.find(tx, id);
    if (delivery === null || delivery.webhookId !== webhookId)
      throw StudioErrors.WEBHOOK_DELIVERY_NOT_FOUND();
    return delivery;
  }
}
