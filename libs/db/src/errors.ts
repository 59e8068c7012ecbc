/** The embedded database could not be started; `message` is one line that says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** A database could not be brought to the shape the code expects; `message` is one line that says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The service must not start on this database; `message` is one line that says what to do. */
export class BootRefused extends Error {
  override readonly name = 'BootRefused';
}

/** A unit of work asked for another tenant than the transaction it runs in: always a programming error. */
export class TenantChanged extends Error {
  override readonly name = 'TenantChanged';
}

/** First line of whatever was thrown, for messages of one line. */
export function oneLine(error: unknown): string {
  const { errors, message, name } = shapeOf(error);
  if (Array.isArray(errors) && errors.length > 0) return oneLine(errors[0]);
  const text = String(message || name || error);
  return text.split('\n').find((line) => line.trim() !== '')?.trim() ?? 'unknown error'; // prettier-ignore
}

/** The `code` of an error of Node or Postgres, else an empty text. */
export function codeOf(error: unknown): string {
  const { code } = shapeOf(error);
  return typeof code === 'string' ? code : '';
}

/** By shape: errors made by Node itself are no instances of the `Error` that code inside a test runner's realm knows. */
function shapeOf(error: unknown): { errors?: unknown; message?: unknown; name?: unknown; code?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
