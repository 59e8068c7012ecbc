import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { WebhookDeliveryModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type Delivery = WebhookDeliveryModel;

export interface DeliveryPointer {
  readonly tenantId: string;
  readonly id: string;
}

/** The only file that touches `webhook_deliveries`. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly finder: JobPool) {}

  async insert(tx: StudioTx, data: Prisma.WebhookDeliveryUncheckedCreateInput): Promise<void> {
    await tx.webhookDelivery.create({ data });
  }

  async find(tx: StudioTx, id: string): Promise<Delivery | null> {
    return tx.webhookDelivery.findFirst({ where: { id } });
  }

  async list(
    tx: StudioTx,
    webhookId: string,
    before: string | undefined,
    limit: number,
  ): Promise<Delivery[]> {
    return tx.webhookDelivery.findMany({
      where: { webhookId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** Takes a delivery that is due, as its next attempt. Null: it is not, or somebody else has it. */
  async claim(tx: StudioTx, id: string, now: Date, leaseUntil: Date): Promise<Delivery | null> {
    const { count } = await tx.webhookDelivery.updateMany({
      where: {
        id,
        status: 'pending',
        nextAttemptAt: { lte: now },
        OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }],
      },
      data: { leaseUntil, attempts: { increment: 1 } },
    });
    return count === 0 ? null : this.find(tx, id);
  }

  /** Writes what came of an attempt, while it is the latest; false: another one came after it. */
  async settle(
    tx: StudioTx,
    { id, attempts }: Delivery,
    change: Prisma.WebhookDeliveryUncheckedUpdateManyInput,
  ): Promise<boolean> {
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id, attempts, status: 'pending' },
      data: { ...change, leaseUntil: null },
    });
    return count === 1;
  }

  async findDue(now: Date, limit: number): Promise<DeliveryPointer[]> {
    return this.finder.query<DeliveryPointer>(
      `SELECT tenant_id AS "tenantId", id FROM webhook_deliveries
       WHERE status = 'pending' AND next_attempt_at <= $1 AND (lease_until IS NULL OR lease_until < $1)
       ORDER BY next_attempt_at LIMIT $2`,
      [now, limit],
    );
  }
}
