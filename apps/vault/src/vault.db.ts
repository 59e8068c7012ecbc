import { Injectable } from '@nestjs/common';
import { Connections, Database } from '@eventzr/db';
import type { Prisma } from './generated/prisma/client.js';
import { PrismaClient } from './generated/prisma/client.js';

export type VaultTx = Prisma.TransactionClient;

/** Vault's typed client over the house's tenant transactions. */
@Injectable()
export class VaultDb extends Database<VaultTx> {
  constructor(connections: Connections) {
    super(connections, (adapter) => new PrismaClient({ adapter }));
  }
}
