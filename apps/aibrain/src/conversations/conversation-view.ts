import { currentPrincipal } from '@eventzr/http';
import type { ConversationView } from './conversations.dto.js';
import type { NewConversation, Reader } from './conversations.repository.js';
import { MAX_TURNS } from './conversations.repository.js';

/** The caller: organizers and admins also see what others share. */
export function reader(): Reader {
  const { userId, roles } = currentPrincipal();
  return { userId, seesShared: roles.some((role) => role === 'organizer' || role === 'admin') };
}

/** A conversation as the caller is shown it. */
export function viewOf(conversation: NewConversation): ConversationView {
  const { id, userId, title, turns, locked, shared, archivedAt, createdAt, updatedAt } = conversation;
  return {
    id,
    title,
    turns,
    maxTurns: MAX_TURNS,
    locked,
    archived: archivedAt !== null,
    shared,
    own: userId === currentPrincipal().userId,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
