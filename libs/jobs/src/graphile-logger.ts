import { Logger, type LogLevel } from 'graphile-worker';
import type { AppLogger } from '@eventzr/http';

/** Sends what graphile-worker says into the service's log; its chatter is debug there. */
export function graphileLogger(logger: AppLogger): Logger {
  return new Logger((scope) => (level: `${LogLevel}`, message: string) => {
    const method = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug';
    logger[method]({ scope }, message);
  });
}
