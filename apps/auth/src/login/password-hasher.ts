import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpErrors } from '@eventzr/http';
import { hash, verify, type Options } from '@node-rs/argon2';

/** argon2id, which is the library's default: OWASP's first choice of parameters. */
export const PASSWORD_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;

/** libuv has four threads for everything, signatures and look-ups of names included: two stay theirs. */
const MAX_RUNNING = Math.min(2, availableParallelism());
/** How many checks and changes are worked on or wait at once. */
export const MAX_ADMITTED = MAX_RUNNING + 50;

/** What an admitted caller may ask for. */
export interface Hashing {
  /**
   * Whether `password` is the one behind `known`. Without a hash the same work is done in vain, so that time does not
   * tell whether there is an account.
   */
  verify(known: string | undefined, password: string): Promise<boolean>;
  hash(password: string): Promise<string>;
}

/**
 * Password hashes in a bounded pool. A flood is turned away at the door, before it asks the database anything: what is
 * inside is little enough for everything else to be served beside it.
 */
@Injectable()
export class PasswordHasher implements OnModuleInit {
  private admitted = 0;
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private dummy = '';
  private readonly hashing: Hashing = {
    verify: (known, password) =>
      this.inPool(async () => (await verify(known ?? this.dummy, password)) && known !== undefined),
    hash: (password) => this.inPool(() => hash(password, PASSWORD_COST)),
  };

  /** Before the first log-in, or that one would tell by its time that the account is unknown. */
  async onModuleInit(): Promise<void> {
    this.dummy = await hash('no account has this password', PASSWORD_COST);
  }

  /**
   * Runs everything that belongs to a check or a change of a password.
   * @throws UNAVAILABLE when too many are inside
   */
  async admit<R>(work: (hashing: Hashing) => Promise<R>): Promise<R> {
    if (this.admitted >= MAX_ADMITTED) throw HttpErrors.UNAVAILABLE(null, { retryAfterSeconds: 2 });
    this.admitted += 1;
    try {
      return await work(this.hashing);
    } finally {
      this.admitted -= 1;
    }
  }

  /** @throws UNAVAILABLE when too many are inside */
  hash(password: string): Promise<string> {
    return this.admit((hashing) => hashing.hash(password));
  }

  private async inPool<R>(work: () => Promise<R>): Promise<R> {
    if (this.running < MAX_RUNNING) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place is handed over, not given back: the count stays.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

/** Whether a hash was made at a lower cost than today's, or by another function. */
export function isOutdated(known: string): boolean {
  const [, memory, time, lanes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(known) ?? [];
  const { memoryCost, timeCost, parallelism } = PASSWORD_COST;
  return !(Number(memory) >= memoryCost && Number(time) >= timeCost && Number(lanes) >= parallelism);
}
