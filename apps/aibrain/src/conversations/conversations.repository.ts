import { Injectable } from '@nestjs/common';
import type { AiBrainTx } from '../aibrain.db.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { ConversationModel } from '../generated/prisma/models.js';

export type Conversation = ConversationModel;
export type NewConversation = Omit<Conversation, 'spokenTurnId'>;

export const MAX_TURNS = 50;

/** Who reads: always one's own, and what others share where the reader's role may see it. */
export interface Reader {
  readonly userId: string;
  readonly seesShared: boolean;
}

/** The only file that touches `conversations`. */
@Injectable()
export class ConversationsRepository {
  async insert(tx: AiBrainTx, conversation: NewConversation): Promise<void> {
    await tx.conversation.createMany({ data: [conversation] });
  }

  async find(tx: AiBrainTx, id: string, reader: Reader): Promise<Conversation | null> {
    return tx.conversation.findFirst({ where: { id, ...visibleTo(reader) } });
  }

  async list(
    tx: AiBrainTx,
    reader: Reader,
    before: string | undefined,
    limit: number,
  ): Promise<Conversation[]> {
    return tx.conversation.findMany({
      where: { ...visibleTo(reader), ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** @returns false when it is not the user's */
  async change(
    tx: AiBrainTx,
    id: string,
    userId: string,
    data: Prisma.ConversationUpdateManyMutationInput,
  ): Promise<boolean> {
    return (await tx.conversation.updateMany({ where: { id, userId }, data })).count === 1;
  }

  /** @returns false when it takes no more turns: locked, archived, full, or gone */
  async addTurn(tx: AiBrainTx, id: string, userId: string, updatedAt: Date): Promise<boolean> {
    const { count } = await tx.conversation.updateMany({
      where: { id, userId, locked: false, archivedAt: null, turns: { lt: MAX_TURNS } },
      data: { turns: { increment: 1 }, updatedAt },
    });
    return count === 1;
  }

  /** From here on `operationId` is the newest spoken turn. */
  async beginSpokenTurn(tx: AiBrainTx, id: string, userId: string, operationId: string): Promise<void> {
    await tx.conversation.updateMany({ where: { id, userId }, data: { spokenTurnId: operationId } });
  }

  /** @returns false when another one has become the newest, or the conversation is gone */
  async endSpokenTurn(tx: AiBrainTx, id: string, userId: string, operationId: string): Promise<boolean> {
    const { count } = await tx.conversation.updateMany({
      where: { id, userId, spokenTurnId: operationId },
      data: { spokenTurnId: null },
    });
    return count === 1;
  }

  async delete(tx: AiBrainTx, id: string, userId: string): Promise<boolean> {
    return (await tx.conversation.deleteMany({ where: { id, userId } })).count === 1;
  }
}

function visibleTo({ userId, seesShared }: Reader): Prisma.ConversationWhereInput {
  return seesShared ? { OR: [{ userId }, { shared: true }] } : { userId };
}
