import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { ClaimStore } from './claim-store.js';
import type { OperationScope } from './operation-scope.js';

const RENEW_EVERY_MS = 20_000;
/** A handler that never ends must not keep its key for ever. */
const MAX_RENEWALS = 180;

/** Keeps the claim of a living operation, and frees it when the operation ends without an answer. */
@Injectable()
export class ClaimKeeper {
  constructor(
    private readonly store: ClaimStore,
    private readonly logger: AppLogger,
  ) {}

  /** Renews until the returned function is called, which also frees an unfinished claim. */
  keep(operation: OperationScope): () => Promise<void> {
    const { scope, claim } = operation;
    if (scope === undefined) return () => Promise.resolve();
    let renewals = 0;
    const timer = setInterval(() => {
      renewals += 1;
      if (renewals >= MAX_RENEWALS) clearInterval(timer);
      this.store.renew(scope, claim.fence).then(
        (alive) => {
          if (!alive) clearInterval(timer);
        },
        // The lease still runs for a while, and the fence decides in the end.
        (error: unknown) => this.logger.warn({ err: error }, 'idempotency lease not renewed'),
      );
    }, RENEW_EVERY_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      if (!operation.finished) await this.free(operation);
    };
  }

  private async free({ scope, claim }: OperationScope): Promise<void> {
    if (scope === undefined) return;
    try {
      await this.store.free(scope, claim.fence);
    } catch (error) {
      // The caller must hear what went wrong in the handler; the key frees itself when the lease ends.
      this.logger.warn({ err: error }, 'idempotency claim not freed');
    }
  }
}
