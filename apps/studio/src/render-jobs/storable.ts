/**
 * A copy without what PostgreSQL's JSON cannot hold: NUL, and halves of letters, which are left where a text was cut to
 * a length or a vendor sent them. Without it, finished and billed work could not be written down.
 * @param value plain JSON
 */
export function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part,
  ) as T;
}
