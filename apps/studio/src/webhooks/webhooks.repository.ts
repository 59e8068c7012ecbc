import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { WebhookModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type Webhook = WebhookModel;
export type WebhookChange = Prisma.WebhookUncheckedUpdateManyInput;

/** The only file that touches `webhooks`. */
@Injectable()
export class WebhooksRepository {
  async insert(tx: StudioTx, data: Prisma.WebhookUncheckedCreateInput): Promise<Webhook> {
    return tx.webhook.create({ data });
  }

  async find(tx: StudioTx, id: string): Promise<Webhook | null> {
    return tx.webhook.findFirst({ where: { id } });
  }

  async list(tx: StudioTx, before: string | undefined, limit: number): Promise<Webhook[]> {
    const where = before === undefined ? {} : { id: { lt: before } };
    return tx.webhook.findMany({ where, orderBy: { id: 'desc' }, take: limit });
  }

  async count(tx: StudioTx): Promise<number> {
    return tx.webhook.count();
  }

  /** Those that want to hear of events of this type. */
  async listFor(tx: StudioTx, eventType: string): Promise<Webhook[]> {
    return tx.webhook.findMany({ where: { active: true, eventTypes: { has: eventType } } });
  }

  /** False: there is none of this id, or `where` does not hold. */
  async change(
    tx: StudioTx,
    id: string,
    change: WebhookChange,
    where: Prisma.WebhookWhereInput = {},
  ): Promise<boolean> {
    const { count } = await tx.webhook.updateMany({ where: { ...where, id }, data: change });
    return count === 1;
  }

  async remove(tx: StudioTx, id: string): Promise<boolean> {
    return (await tx.webhook.deleteMany({ where: { id } })).count === 1;
  }
}
