import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '@eventzr/http';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainDb } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import type { Wish } from '../orchestration/brain.js';

/** A spoken turn, and the conversation that it goes on with, if any. */
export interface SpokenTurn {
  readonly operationId: string;
  readonly conversationId?: string | undefined;
}

/**
 * Whose turn it is: who speaks again does not wait for the answer to what was said before. The newest turn of a
 * conversation is answered; an older one that is still on its way ends at its next stage.
 */
@Injectable()
export class SpokenTurns {
  constructor(
    private readonly db: AiBrainDb,
    private readonly conversations: ConversationsRepository,
    private readonly memories: ConversationsService,
  ) {}

  /** @throws CONVERSATION_NOT_FOUND 404, CONVERSATION_LOCKED 409, MAX_TURNS_EXCEEDED 400 */
  async assertOpen(conversationId: string | undefined): Promise<void> {
    await this.memories.recall(conversationId);
  }

  /**
   * From now on this is the newest one.
   * @returns what was said before
   */
  async begin({ operationId, conversationId }: SpokenTurn): Promise<Wish['messages']> {
    if (conversationId === undefined) return [];
    const { userId } = currentPrincipal();
    await this.db.withTenant((tx) =>
      this.conversations.beginSpokenTurn(tx, conversationId, userId, operationId),
    );
    return this.memories.recall(conversationId);
  }

  /** @throws TURN_SUPERSEDED 409 */
  async assertNewest({ operationId, conversationId }: SpokenTurn): Promise<void> {
    if (conversationId === undefined) return;
    const who = { userId: currentPrincipal().userId, seesShared: false };
    const found = await this.db.withTenant((tx) => this.conversations.find(tx, conversationId, who));
    if (found !== null && found.spokenTurnId !== operationId) throw AiBrainErrors.TURN_SUPERSEDED();
  }

  /**
   * In the transaction that ends it.
   * @throws TURN_SUPERSEDED 409
   */
  async end(tx: AiBrainTx, { operationId, conversationId }: SpokenTurn): Promise<void> {
    if (conversationId === undefined) return;
    const { userId } = currentPrincipal();
    if (await this.conversations.endSpokenTurn(tx, conversationId, userId, operationId)) return;
    const known = await this.conversations.find(tx, conversationId, { userId, seesShared: false });
    if (known !== null) throw AiBrainErrors.TURN_SUPERSEDED();
  }
}
