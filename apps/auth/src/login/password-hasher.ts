import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpErrors } from '@eventzr/http';
import { hash, verify, type Options } from '@node-rs/argon2';

/** argon2id, which is the library's default: OWASP's first choice of parameters. */
export const PASSWORD_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

const MAX_RUNNING = Math.max(1, availableParallelism());
const MAX_WAITING = 50;

/** Password hashes in a bounded pool: a flood of log-ins is turned away instead of starving everything else. */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy = '';

  /** Before the first log-in, or that one would tell by its time that the account is unknown. */
  async onModuleInit(): Promise<void> {
    this.dummy = await hash('no account has this password', PASSWORD_COST);
  }

  /**
   * Whether `password` is the one behind `known`. Without a hash the same work is done in vain, so that time does not
   * tell whether there is an account.
   * @throws UNAVAILABLE when too many log-ins wait
   */
  verify(known: string | undefined, password: string): Promise<boolean> {
    return this.inPool(async () => (await verify(known ?? this.dummy, password)) && known !== undefined);
  }

  /** @throws UNAVAILABLE when too many log-ins wait */
  hash(password: string): Promise<string> {
    return this.inPool(() => hash(password, PASSWORD_COST));
  }

  private async inPool<R>(work: () => Promise<R>): Promise<R> {
    if (this.running >= MAX_RUNNING) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  // A place is handed over, not given back: the count stays.
  private turn(): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) throw HttpErrors.UNAVAILABLE(null, { retryAfterSeconds: 2 });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
