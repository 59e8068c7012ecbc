import { encodeCursor, IsInstant } from '@eventzr/http';
import { IsAnyUuid } from '../wallets/uuid.js';

/** Where a list that is ordered by time goes on. */
export class Position {
  @IsInstant()
  createdAt!: string;

  @IsAnyUuid()
  id!: string;
}

/** The condition of a page after `position`, latest first. */
export function olderThan(position: Position | undefined): object {
  if (position === undefined) return {};
  const createdAt = new Date(position.createdAt);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: position.id } }] };
}

/** Cuts a page of `limit` out of one row more. */
export function pageOf<Row extends { readonly id: string; readonly createdAt: Date }>(
  rows: readonly Row[],
  limit: number,
): { items: readonly Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, nextCursor: null };
  return { items, nextCursor: encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) };
}
