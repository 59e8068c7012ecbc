import { Injectable } from '@nestjs/common';
import type { AiBrainTx } from '../aibrain.db.js';
import { Prisma } from '../generated/prisma/client.js';
import type { OrchestrationModel } from '../generated/prisma/models.js';

export type Orchestration = OrchestrationModel;

/** The only file that touches `orchestrations`. Prompts are private to their user. */
@Injectable()
export class OrchestrationsRepository {
  async insert(tx: AiBrainTx, orchestration: Orchestration): Promise<void> {
    const { consensus, members, voice } = orchestration;
    const json = { consensus: jsonOf(consensus), members: jsonOf(members), voice: jsonOf(voice) };
    const data = { ...orchestration, ...json };
    await tx.orchestration.createMany({ data: [data] });
  }

  async find(tx: AiBrainTx, id: string, userId: string): Promise<Orchestration | null> {
    return tx.orchestration.findFirst({ where: { id, userId } });
  }

  async list(
    tx: AiBrainTx,
    userId: string,
    before: string | undefined,
    limit: number,
  ): Promise<Orchestration[]> {
    return tx.orchestration.findMany({
      where: { userId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** The turns of a conversation, the newest first; who may see it is decided before. */
  async listTurns(
    tx: AiBrainTx,
    conversationId: string,
    before: string | undefined,
    limit: number,
  ): Promise<Orchestration[]> {
    return tx.orchestration.findMany({
      where: { conversationId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  async deleteTurns(tx: AiBrainTx, conversationId: string): Promise<number> {
    return (await tx.orchestration.deleteMany({ where: { conversationId } })).count;
  }
}

function jsonOf(value: Prisma.JsonValue) {
  return value ?? Prisma.DbNull;
}
