import { plainToInstance } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, validateSync } from 'class-validator';
import { paged, type Paged } from './answers.js';
import { Describe, Example } from './dto.js';
import { HttpErrors } from './errors.js';
import { parseJsonBody } from './safe-json.js';

export const DEFAULT_PAGE_LIMIT = 20;

/** Query of every list: extend it with a list's own filters. */
export class PageQuery {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100)
  @Example(20, 'How many items at most.')
  limit: number = DEFAULT_PAGE_LIMIT;

  @IsOptional()
  @IsString()
  @MaxLength(1024)
  @Describe('Where to go on: `page.next_cursor` of the previous answer.')
  cursor?: string;
}

/** Where a list goes on whose ids are time-ordered: after this one. */
export class IdCursor {
  @Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  id!: string;
}

/** Makes the opaque cursor of a keyset position, e.g. `{ createdAt, id }` of the last item. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/**
 * A page of a list whose ids are time-ordered.
 * @param rows one more than `limit` when the list goes on
 */
export function pagedById<Row extends { readonly id: string }, View>(
  rows: readonly Row[],
  limit: number,
  view: (row: Row) => View,
): Paged<View> {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const nextCursor = last === undefined ? null : encodeCursor({ id: last.id });
  return paged(page.map(view), { nextCursor, limit });
}

/**
 * Reads a cursor back.
 * @param text the caller's cursor; undefined starts at the beginning
 * @throws CatalogueError VALIDATION_FAILED on field `cursor` for anything that `encodeCursor` did not make
 */
export function decodeCursor<T extends object>(
  text: string | undefined,
  positionClass: new () => T,
): T | undefined {
  if (text === undefined) return undefined;
  const plain = parsed(text);
  if (plain === undefined) throw badCursor();
  const position = plainToInstance(positionClass, plain);
  const faults = validateSync(position, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (faults.length > 0) throw badCursor();
  return position;
}

function parsed(text: string): object | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const value = parseJsonBody(Buffer.from(text, 'base64url'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function badCursor() {
  return HttpErrors.VALIDATION_FAILED([
    { field: 'cursor', rule: 'cursor', message: 'cursor must be the next_cursor of an earlier page' },
  ]);
}
