import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

const SECRET_PATHS = [
  '*.password', '*.accessToken', '*.refreshToken', '*.token', '*.secret', '*.apiKey', '*.authorization',
  'headers.authorization', 'headers.cookie', 'headers["x-internal-api-key"]', 'headers["x-api-key"]', 'headers["x-service-key"]',
]; // prettier-ignore

/** One JSON line per event; secrets are redacted by name wherever a line carries an object. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    serializers: { err: plainError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const MOST_CAUSES = 5;

/** Only what tells what happened: errors of HTTP clients carry their request, keys included. */
function plainError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const deeper = cause === undefined || depth === MOST_CAUSES ? {} : { cause: plainError(cause, depth + 1) };
  return { type: name, message, ...code, stack, ...deeper };
}
