import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type SqlTx } from '@eventzr/db';
import { HttpErrors, Reply, type RenderedAnswer } from '@eventzr/http';
import { ClaimStore } from './claim-store.js';
import { currentOperation, type OperationScope, runOperation } from './operation-scope.js';

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
   * Runs `work` as an operation outside of any request, for jobs that act in a user's name. Nothing is answered and
   * nothing stored; the same id names the same operation again.
   */
  perform<R>(
    { operationId, tenantId }: { readonly operationId: string; readonly tenantId: string },
    work: () => Promise<R>,
  ): Promise<R> {
    const claim = { operationId, fence: randomUUID(), attempt: 1, keyed: false, resumed: true };
    return runOperation(
      { claim, tenantId, scope: undefined, answers: unanswered, finished: false, finishing: false },
      work,
    );
  }

  /**
   * Ends the operation: `work` and the stored answer commit together or not at all.
   * @throws IDEMPOTENCY_IN_PROGRESS when another process took the operation over; `work` is rolled back
   */
  finish<T>(work: (tx: Tx) => Promise<T | Reply<T>>): Promise<Finished<T>> {
    return this.end((keep, tenantId) =>
      this.database.withTenant(async (tx) => keep(await work(tx)), tenantId),
    );
  }

  /** The same by plain SQL, past the typed client: for operations of a hot path. */
  finishSql<T>(work: (tx: SqlTx) => Promise<T | Reply<T>>): Promise<Finished<T>> {
    return this.end((keep, tenantId) =>
      this.database.withTenantSql(async (tx) => keep(await work(tx)), tenantId),
    );
  }

  private async end<T>(
    transaction: (
      keep: (result: T | Reply<T>) => Promise<Finished<T>>,
      tenantId: string,
    ) => Promise<Finished<T>>,
  ): Promise<Finished<T>> {
    const operation = currentOperation();
    if (operation.finished || operation.finishing) throw new Error('An operation finishes once');
    operation.finishing = true;
    try {
      const finished = await transaction((result) => this.keep(operation, result), operation.tenantId);
      operation.finished = true;
      return finished;
    } finally {
      operation.finishing = false;
    }
  }

  private async keep<T>(
    { scope, claim, answers }: OperationScope,
    result: T | Reply<T>,
  ): Promise<Finished<T>> {
    const value = result instanceof Reply ? result.data : result;
    if (scope === undefined) return new Finished(value, result, undefined);
    const { sent, stored } = answers(result);
    if (stored !== undefined && !(await this.store.storeAnswer(scope, claim.fence, stored)))
      throw takenOver();
    return new Finished(value, result, sent);
  }
}

function unanswered(): never {
  throw new Error('An operation outside of a request has no answer');
}

function takenOver(): Error {
  return HttpErrors.IDEMPOTENCY_IN_PROGRESS(null, { retryAfterSeconds: 1 });
}
