import { Inject, Injectable } from '@nestjs/common';
import { currentPrincipal, HttpErrors, type Principal } from '@eventzr/http';
import type { OperationClaim } from '@eventzr/idempotency';
import type { CreditRequest, OpenOperation } from './credits.js';
import { LeaseKeeper } from './lease-keeper.js';
import {
  OperationStore,
  OperationTaken,
  type CreditOperation,
  type OperationDraft,
} from './operation-store.js';
import { Settlements } from './settlements.js';
import { WalletApi, type Hold } from './wallet-api.js';
import { walletChoice } from './wallet-choice.js';
import { isCertainRefusal, isUsedUp, walletFault } from './wallet-faults.js';

/** A hold id is used up at most once by a late tombstone and once by an expiry; more means a fault of ours. */
const MOST_ATTEMPTS = 4;

/** Opens an operation: its row first, then the hold, so that a crash in between leaves a trace to clean up by. */
@Injectable()
export class OperationOpener {
  constructor(
    @Inject(OperationStore) private readonly store: OperationStore,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(WalletApi) private readonly wallet: WalletApi,
    @Inject(LeaseKeeper) private readonly leases: LeaseKeeper,
  ) {}

  async open(request: CreditRequest, claim: OperationClaim): Promise<OpenOperation> {
    const principal = currentPrincipal();
    const draft = draftOf(request, claim, principal);
    const operation = await this.store.open(draft, claim).catch(refuseTaken);
    const { hold, at } = await this.reserve(operation, draft, principal);
    this.leases.keep(at);
    return {
      operationId: at.id,
      holdId: at.holdId,
      walletId: hold.walletId ?? '',
      credits: at.amountCredits,
    };
  }

  private async reserve(operation: CreditOperation, draft: OperationDraft, { roles }: Principal) {
    let at = operation;
    for (let tries = 1; ; tries += 1) {
      try {
        return { hold: await this.ask(at, roles), at };
      } catch (error) {
        if (!isUsedUp(error) || tries === MOST_ATTEMPTS) {
          await this.abandon(at, isCertainRefusal(error));
          throw walletFault(error);
        }
        at = await this.store.nextAttempt(at, draft).catch(refuseTaken);
      }
    }
  }

  private async ask(at: CreditOperation, roles: Principal['roles']): Promise<Hold> {
    const { tenantId, userId, walletChoice: choice, operation, deadlineAt } = at;
    const hold = await this.wallet.reserve({
      id: at.holdId,
      tenantId,
      userId,
      roles,
      walletChoice: choice,
      operation,
      referenceId: at.id,
      amount: at.amountCredits,
      deadline: deadlineAt.toISOString(),
    });
    if (hold.state !== 'open') throw new Error(`Hold ${hold.id} of an unfinished operation is ${hold.state}`);
    return hold;
  }

  private async abandon(
    { tenantId, id, holdId, fence }: CreditOperation,
    nothingHeld: boolean,
  ): Promise<void> {
    await this.settlements.giveUp(tenantId, { operationId: id, holdId }, { fence }, nothingHeld);
  }
}

function draftOf(request: CreditRequest, claim: OperationClaim, principal: Principal): OperationDraft {
  if (!Number.isSafeInteger(request.credits) || request.credits < 1)
    throw new RangeError('An operation opens for at least one credit; what is free takes no hold');
  return {
    tenantId: principal.tenantId,
    id: claim.operationId,
    userId: principal.userId,
    operation: request.operation,
    amountCredits: request.credits,
    walletChoice: walletChoice(),
    fence: claim.fence,
    deadlineAt: request.deadline,
    ceilingMicroUsd: request.ceilingMicroUsd ?? null,
  };
}

function refuseTaken(error: unknown): never {
  if (error instanceof OperationTaken)
    throw HttpErrors.IDEMPOTENCY_IN_PROGRESS(null, { retryAfterSeconds: 1, cause: error });
  throw error;
}
