import { Injectable } from '@nestjs/common';
import { Connections, Database } from '@eventzr/db';
import type { Prisma } from './generated/prisma/client.js';
import { PrismaClient } from './generated/prisma/client.js';

export type SubscriptionsTx = Prisma.TransactionClient;

/** The typed client of subscriptions over the house's tenant transactions. */
@Injectable()
export class SubscriptionsDb extends Database<SubscriptionsTx> {
  constructor(connections: Connections) {
    super(connections, (adapter) => new PrismaClient({ adapter }));
  }
}
