import { Injectable } from '@nestjs/common';
import { Database, type SqlTx } from '@eventzr/db';
import { HttpErrors, Reply, type RenderedAnswer } from '@eventzr/http';
import { ClaimStore } from './claim-store.js';
import { currentOperation } from './operation-scope.js';

/** The running write: its id is the same for every attempt of the same request. */
export interface OperationClaim {
  readonly operationId: string;
  /** Changes with every attempt; rows written under an older one must not count. */
  readonly fence: string;
  /** How often the claim was taken, this time included. */
  readonly attempt: number;
  /** True when the client sent a key. */
  readonly keyed: boolean;
  /** True when an earlier attempt of the same request may have left something behind. */
  readonly resumed: boolean;
}

/** The end of an operation: committed, its answer stored. Handlers return it as it stands. */
export class Finished<T = unknown> {
  constructor(
    readonly value: T,
    /** What the handler's caller is sent. */
    readonly result: T | Reply<T>,
    readonly answer: RenderedAnswer | undefined,
  ) {}
}

/** The write that the current request performs. `Tx` is the service's transaction client. */
@Injectable()
export class Operations<Tx extends SqlTx = SqlTx> {
  constructor(
    private readonly database: Database<Tx>,
    private readonly store: ClaimStore,
  ) {}

  /**
   * The operation of the current request.
   * @throws Error outside a `@Write('operation')` handler
   */
  current(): OperationClaim {
    return currentOperation().claim;
  }

  /**
   * Ends the operation: `work` and the stored answer commit together or not at all.
   * @throws IDEMPOTENCY_IN_PROGRESS when another process took the operation over; `work` is rolled back
   */
  async finish<T>(work: (tx: Tx) => Promise<T | Reply<T>>): Promise<Finished<T>> {
    const operation = currentOperation();
    if (operation.finished) throw new Error('An operation finishes once');
    const finished = await this.database.withTenant(async (tx) => {
      const result = await work(tx);
      const value = result instanceof Reply ? result.data : result;
      const { scope, claim, answers } = operation;
      if (scope === undefined) return new Finished(value, result, undefined);
      const { sent, stored } = answers(result);
      if (stored !== undefined && !(await this.store.storeAnswer(scope, claim.fence, stored)))
        throw takenOver();
      return new Finished(value, result, sent);
    }, operation.tenantId);
    operation.finished = true;
    return finished;
  }
}

function takenOver(): Error {
  return HttpErrors.IDEMPOTENCY_IN_PROGRESS(null, { retryAfterSeconds: 1 });
}
