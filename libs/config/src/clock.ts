/** The only source of time in the house: inject it, never call `Date.now()` where a rule depends on it. */
export abstract class Clock {
  /** The current instant, UTC. */
  abstract now(): Date;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved: for tests and dry runs. */
export class ManualClock extends Clock {
  constructor(private instantMs: number = Date.UTC(2026, 0, 15, 9, 0, 0)) {
    super();
  }

  now(): Date {
    return new Date(this.instantMs);
  }

  /** Moves the clock forward by `milliseconds`. */
  advance(milliseconds: number): void {
    this.instantMs += milliseconds;
  }

  /** Sets the clock to `instant`. */
  set(instant: Date): void {
    this.instantMs = instant.getTime();
  }
}
