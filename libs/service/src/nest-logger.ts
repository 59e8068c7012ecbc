import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@eventzr/config';

/** Nest's own messages in the service's log; its start-up chatter is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.pino.debug({ nest: rest.at(-1) }, String(message));
  }

  debug(message: unknown): void {
    this.pino.debug(String(message));
  }

  verbose(message: unknown): void {
    this.pino.trace(String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.pino.warn({ nest: rest.at(-1) }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error({ nest: rest.at(-1) }, String(message));
  }

  fatal(message: unknown): void {
    this.pino.fatal(String(message));
  }
}
