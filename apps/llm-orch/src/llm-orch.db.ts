import { Injectable } from '@nestjs/common';
import { Connections, Database } from '@eventzr/db';
import type { Prisma } from './generated/prisma/client.js';
import { PrismaClient } from './generated/prisma/client.js';

export type LlmOrchTx = Prisma.TransactionClient;

/** llm-orch's typed client over the house's tenant transactions. */
@Injectable()
export class LlmOrchDb extends Database<LlmOrchTx> {
  constructor(connections: Connections) {
    super(connections, (adapter) => new PrismaClient({ adapter }));
  }
}
