import { AsyncLocalStorage } from 'node:async_hooks';
import type { RenderedAnswer } from '@eventzr/http';
import type { ClaimScope } from './claim-scope.js';
import type { OperationClaim } from './operations.js';

/** What is sent now and what is kept for later; nothing is kept of an answer that is not 2xx. */
export interface Answers {
  readonly sent: RenderedAnswer;
  readonly stored: RenderedAnswer | undefined;
}

/** A running operation, as its handler's asynchronous context carries it. */
export interface OperationScope {
  readonly claim: OperationClaim;
  readonly tenantId: string;
  /** Undefined without a client key: nothing is stored then. */
  readonly scope: ClaimScope | undefined;
  readonly answers: (result: unknown) => Answers;
  finished: boolean;
  /** Its last transaction is open; when that fails, another may follow. */
  finishing: boolean;
}

const storage = new AsyncLocalStorage<OperationScope>();

export function runOperation<R>(operation: OperationScope, work: () => R): R {
  return storage.run(operation, work);
}

/** Enters the operation again and again, for the cost of entering it once. */
export function entryTo(operation: OperationScope): <R>(work: () => R) => R {
  return storage.run(operation, () => AsyncLocalStorage.snapshot());
}

export function currentOperation(): OperationScope {
  const operation = storage.getStore();
  if (operation === undefined)
    throw new Error("No operation in this context: the handler needs @Write('operation')");
  return operation;
}
