import { CatalogueError } from '@eventzr/http';
import type { HeardView } from './voice-turn.dto.js';

/** The same fault, with what was heard: the caller can go on with the words and need not say them again. */
export function withTranscript(error: unknown, transcript: HeardView): unknown {
  if (!(error instanceof CatalogueError) || Array.isArray(error.details)) return error;
  const { entry, details, retryAfterSeconds, headers } = error;
  return new CatalogueError(
    entry,
    { ...details, transcript },
    { cause: error, headers, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  );
}
