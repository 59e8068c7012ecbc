import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal, decodeCursor, encodeCursor, IdCursor, paged, reply } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { FetchRefused, SafeFetch } from '@eventzr/safe-fetch';
import type { StudioTx } from '../studio.db.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { ROTATION_OVERLAP_MS, WebhookSecrets } from './webhook-secrets.js';
import { webhookView } from './webhook-views.js';
import type { ChangeWebhookRequest, CreateWebhookRequest, ListWebhooksQuery } from './webhooks.dto.js';
import type { Webhook, WebhookChange } from './webhooks.repository.js';
import { WebhooksRepository } from './webhooks.repository.js';

const MOST_PER_TENANT = 20;

/** A tenant's webhooks. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly db: StudioDb,
    private readonly operations: Operations<StudioTx>,
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly fetch: SafeFetch,
    private readonly clock: Clock,
  ) {}

  async create({ url, eventTypes, description }: CreateWebhookRequest) {
    await this.assertPublic(url);
    const { tenantId, userId } = currentPrincipal();
    return this.operations.finish(async (tx) => {
      if ((await this.webhooks.count(tx)) >= MOST_PER_TENANT)
        throw StudioErrors.TOO_MANY_WEBHOOKS({ most: MOST_PER_TENANT });
      const now = this.clock.now();
      const row = { tenantId, id: newId(), userId, url, eventTypes, description };
      const webhook = await this.webhooks.insert(tx, { ...row, createdAt: now, updatedAt: now });
      return reply({ ...webhookView(webhook), secret: this.secrets.of(webhook) }, { status: 201 });
    });
  }

  async list(query: ListWebhooksQuery) {
    const before = decodeCursor(query.cursor, IdCursor)?.id;
    const rows = await this.db.withTenant((tx) => this.webhooks.list(tx, before, query.limit + 1));
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
    return paged(page.map(webhookView), { nextCursor, limit: query.limit });
  }

  async get(id: string) {
    return webhookView(await this.db.withTenant((tx) => this.known(tx, id)));
  }

  async change(id: string, { url, eventTypes, description, active }: ChangeWebhookRequest) {
    if (url !== undefined) await this.assertPublic(url);
    const change: WebhookChange = {
      url,
      eventTypes,
      description,
      active,
      ...(active === true ? { disabledReason: null } : {}),
    };
    return this.operations.finish(async (tx) => webhookView(await this.changed(tx, id, change)));
  }

  /** The old secret signs beside the new one for a day. */
  async rotate(id: string) {
    return this.db.withTenant(async (tx) => {
      const { secretVersion } = await this.known(tx, id);
      const previousSecretUntil = new Date(this.clock.now().getTime() + ROTATION_OVERLAP_MS);
      const change = { secretVersion: secretVersion + 1, previousSecretUntil };
      const webhook = await this.changed(tx, id, change, secretVersion);
      return { ...webhookView(webhook), secret: this.secrets.of(webhook) };
    });
  }

  async remove(id: string) {
    return this.db.withTenant(async (tx) => {
      const webhook = await this.known(tx, id);
      await this.webhooks.remove(tx, id);
      return webhookView(webhook);
    });
  }

  /** @throws WEBHOOK_NOT_FOUND 404 */
  async known(tx: StudioTx, id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(tx, id);
    if (webhook === null) throw StudioErrors.WEBHOOK_NOT_FOUND();
    return webhook;
  }

  private async changed(
    tx: StudioTx,
    id: string,
    change: WebhookChange,
    secretVersion?: number,
  ): Promise<Webhook> {
    const where = secretVersion === undefined ? {} : { secretVersion };
    await this.webhooks.change(tx, id, { ...change, updatedAt: this.clock.now() }, where);
    return this.known(tx, id);
  }

  private async assertPublic(url: string): Promise<void> {
    try {
      await this.fetch.assertPublic(url);
    } catch (error) {
      if (error instanceof FetchRefused) throw StudioErrors.WEBHOOK_URL_REFUSED({ reason: error.kind });
      throw error;
    }
  }
}
