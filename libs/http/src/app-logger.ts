import type { Logger } from '@eventzr/config';

/** The service's log: one JSON line per event, with the request's id and tenant where there is one. */
export abstract class AppLogger {
  abstract debug(facts: object, message?: string): void;
  abstract info(facts: object, message?: string): void;
  abstract warn(facts: object, message?: string): void;
  abstract error(facts: object, message?: string): void;
}

/** The log over pino. */
export class PinoAppLogger extends AppLogger {
  constructor(readonly pino: Logger) {
    super();
  }

  debug(facts: object, message?: string): void {
    this.pino.debug(facts, message);
  }

  info(facts: object, message?: string): void {
    this.pino.info(facts, message);
  }

  warn(facts: object, message?: string): void {
    this.pino.warn(facts, message);
  }

  error(facts: object, message?: string): void {
    this.pino.error(facts, message);
  }
}
