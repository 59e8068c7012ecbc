import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

const SECRET_PATHS = [
  '*.password', '*.accessToken', '*.refreshToken', '*.token', '*.secret', '*.apiKey', '*.authorization',
  'headers.authorization', 'headers.cookie', 'headers["x-internal-api-key"]', 'headers["x-api-key"]', 'headers["x-service-key"]',
]; // prettier-ignore

/** One JSON line per event; secrets are redacted by name wherever a line carries an object. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { service }, redact: { paths: SECRET_PATHS, censor: '[redacted]' } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
