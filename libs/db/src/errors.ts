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
  if (error instanceof AggregateError && error.errors.length > 0) return oneLine(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'unknown error'
  );
}
