import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import { currentPrincipal, decodeCursor, IdCursor, pagedById, reply } from '@eventzr/http';
import type { PageQuery, Reply } from '@eventzr/http';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainDb } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import type { Wish } from '../orchestration/brain.js';
import { recordOf } from '../orchestration/orchestration-records.js';
import { OrchestrationsRepository } from '../orchestration/orchestrations.repository.js';
import { memoryOf } from './conversation-memory.js';
import { reader, viewOf } from './conversation-view.js';
import type { ChangeConversation, ConversationExport, ConversationView, CreateConversation, DeletedConversation } from './conversations.dto.js'; // prettier-ignore
import type { Conversation, NewConversation, Reader } from './conversations.repository.js';
import { ConversationsRepository, MAX_TURNS } from './conversations.repository.js';

/** Conversations belong to the user who began them; organizers and admins read those that are shared. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly db: AiBrainDb,
    private readonly conversations: ConversationsRepository,
    private readonly orchestrations: OrchestrationsRepository,
    private readonly clock: Clock,
  ) {}

  async create({ title }: CreateConversation): Promise<Reply<ConversationView>> {
    const { tenantId, userId } = currentPrincipal();
    const now = this.clock.now();
    const conversation: NewConversation = {
      tenantId,
      id: newId(),
      userId,
      title,
      turns: 0,
      locked: false,
      shared: false,
      archivedAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.db.withTenant((tx) => this.conversations.insert(tx, conversation));
    const location = `/aibrain/v1/conversations/${conversation.id}`;
    return reply(viewOf(conversation), { status: 201, location });
  }

  async list({ cursor, limit }: PageQuery) {
    const before = decodeCursor(cursor, IdCursor)?.id;
    const rows = await this.db.withTenant((tx) => this.conversations.list(tx, reader(), before, limit + 1));
    return pagedById(rows, limit, viewOf);
  }

  /** @throws CONVERSATION_NOT_FOUND 404 */
  async get(id: string): Promise<ConversationView> {
    return viewOf(await this.db.withTenant((tx) => this.visible(tx, id, reader())));
  }

  async turns(id: string, { cursor, limit }: PageQuery) {
    const before = decodeCursor(cursor, IdCursor)?.id;
    const rows = await this.db.withTenant(async (tx) => {
      await this.visible(tx, id, reader());
      return this.orchestrations.listTurns(tx, id, before, limit + 1);
    });
    return pagedById(rows, limit, recordOf);
  }

  /** With all its turns, the oldest first; there are at most 50. */
  async whole(id: string): Promise<ConversationExport> {
    return this.db.withTenant(async (tx) => {
      const conversation = viewOf(await this.visible(tx, id, reader()));
      const turns = await this.orchestrations.listTurns(tx, id, undefined, MAX_TURNS);
      return { conversation, turns: turns.reverse().map(recordOf) };
    });
  }

  async change(id: string, { archived, ...fields }: ChangeConversation): Promise<ConversationView> {
    const { userId } = currentPrincipal();
    const now = this.clock.now();
    const archivedAt = archived === undefined ? {} : { archivedAt: archived ? now : null };
    return this.db.withTenant(async (tx) => {
      if (!(await this.conversations.change(tx, id, userId, { ...fields, ...archivedAt, updatedAt: now })))
        throw AiBrainErrors.CONVERSATION_NOT_FOUND();
      return viewOf(await this.visible(tx, id, { userId, seesShared: false }));
    });
  }

  /** With its turns: nothing of what was said stays. */
  async delete(id: string): Promise<DeletedConversation> {
    const { userId } = currentPrincipal();
    return this.db.withTenant(async (tx) => {
      if (!(await this.conversations.delete(tx, id, userId))) throw AiBrainErrors.CONVERSATION_NOT_FOUND();
      return { id, deletedTurns: await this.orchestrations.deleteTurns(tx, id) };
    });
  }

  /**
   * What was said before, for the next turn; nothing where a new conversation begins.
   * @throws CONVERSATION_NOT_FOUND 404, CONVERSATION_LOCKED 409, MAX_TURNS_EXCEEDED 400
   */
  async recall(id: string | undefined): Promise<Wish['messages']> {
    if (id === undefined) return [];
    const { userId } = currentPrincipal();
    const turns = await this.db.withTenant(async (tx) => {
      assertOpen(await this.visible(tx, id, { userId, seesShared: false }));
      return this.orchestrations.listTurns(tx, id, undefined, MAX_TURNS);
    });
    return memoryOf(turns.reverse());
  }

  private async visible(tx: AiBrainTx, id: string, who: Reader): Promise<Conversation> {
    const conversation = await this.conversations.find(tx, id, who);
    if (conversation === null) throw AiBrainErrors.CONVERSATION_NOT_FOUND();
    return conversation;
  }
}

function assertOpen({ locked, archivedAt, turns }: Conversation): void {
  if (locked || archivedAt !== null) throw AiBrainErrors.CONVERSATION_LOCKED();
  if (turns >= MAX_TURNS) throw AiBrainErrors.MAX_TURNS_EXCEEDED({ turns, maxTurns: MAX_TURNS });
}
