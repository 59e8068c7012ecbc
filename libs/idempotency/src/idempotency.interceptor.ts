import { randomUUID } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Clock, newId } from '@eventzr/config';
import { Database } from '@eventzr/db';
import { HttpErrors, routeOptionsOf, Streamed, type RenderedAnswer } from '@eventzr/http';
import { answersFor } from './answers.js';
import { ClaimKeeper } from './claim-keeper.js';
import { NO_TENANT, scopeOf, tenantOfRequest, type ClaimScope } from './claim-scope.js';
import { ClaimStore, type ClaimResult } from './claim-store.js';
import { fingerprintOf } from './fingerprint.js';
import { parseIdempotencyKey } from './idempotency-key.js';
import { Finished, type OperationClaim } from './operations.js';
import { runOperation, type Answers, type OperationScope } from './operation-scope.js';
import { factsOf, wantsStream } from './request-facts.js';
import { heldWhileStreaming, replayedStream } from './streams.js';
import { writeOptionsOf } from './write-options.js';
import type { WriteOptions } from './write.js';

const RETRY_AFTER_SECONDS = 1;

interface KeyedWrite {
  readonly scope: ClaimScope;
  readonly fingerprint: Buffer;
}

/** One call of a `@Write` handler. */
interface WriteCall {
  readonly options: WriteOptions;
  /** Sent as it stands, without the envelope. */
  readonly raw: boolean;
  readonly request: FastifyRequest;
  readonly answers: (result: unknown) => Answers;
  readonly handle: () => Promise<unknown>;
}

/** Claims the key before validation, runs the handler under the claim, stores its answer or replays the stored one. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly store: ClaimStore,
    private readonly keeper: ClaimKeeper,
    private readonly clock: Clock,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const handler = context.getHandler();
    const options = writeOptionsOf(handler);
    if (options === undefined) throw new Error('The interceptor belongs to @Write');
    const route = routeOptionsOf(handler);
    const raw = route?.raw === true;
    const call: WriteCall = {
      options,
      raw,
      request: context.switchToHttp().getRequest<FastifyRequest>(),
      answers: answersFor(options, { status: route?.status ?? 200, raw }),
      handle: () => lastValueFrom(next.handle(), { defaultValue: undefined }),
    };
    const keyed = await this.keyedWrite(call.request);
    return of(await (options.kind === 'atomic' ? this.atomic(call, keyed) : this.operation(call, keyed)));
  }

  private async keyedWrite(request: FastifyRequest): Promise<KeyedWrite | undefined> {
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    if (key === undefined) return undefined;
    const scope = scopeOf(key, request.method, request.routeOptions.url ?? '');
    return { scope, fingerprint: fingerprintOf(await factsOf(request)) };
  }

  private async atomic(call: WriteCall, keyed: KeyedWrite | undefined): Promise<unknown> {
    const tenantId = tenantOfRequest();
    if (tenantId === NO_TENANT) throw new Error("A route without a tenant writes as 'operation'");
    if (keyed === undefined)
      return this.database.withTenant(async () => onlyPlain(await call.handle()), tenantId);
    const { scope, fingerprint } = keyed;
    return this.store.withAtomicClaim(scope, fingerprint, async (claimed) => {
      if (claimed.outcome !== 'claimed') return this.refusedOrReplayed(call, claimed);
      const { sent, stored } = call.answers(onlyPlain(await call.handle()));
      if (stored !== undefined) await this.store.storeAtomic(scope, fingerprint, newId(this.clock), stored);
      return sent;
    });
  }

  private async operation(call: WriteCall, keyed: KeyedWrite | undefined): Promise<unknown> {
    const fresh = { operationId: newId(this.clock), fence: randomUUID() };
    if (keyed === undefined) {
      const claim = { ...fresh, attempt: 1, keyed: false, resumed: false };
      return this.perform(call, this.scopeFor(call, claim, undefined));
    }
    const { scope, fingerprint } = keyed;
    const claimed = await this.store.claimOperation(scope, fingerprint, fresh.operationId, fresh.fence);
    if (claimed.outcome !== 'claimed') return this.refusedOrReplayed(call, claimed);
    const { operationId, attempt, resumed } = claimed;
    return this.perform(
      call,
      this.scopeFor(call, { operationId, fence: fresh.fence, attempt, keyed: true, resumed }, scope),
    );
  }

  private async perform(call: WriteCall, operation: OperationScope): Promise<unknown> {
    const release = this.keeper.keep(operation);
    let streaming = false;
    try {
      const result = await runOperation(operation, call.handle);
      if (result instanceof Streamed) {
        streaming = true;
        return heldWhileStreaming(result, operation, release);
      }
      return await this.ended(operation, result);
    } finally {
      if (!streaming) await release();
    }
  }

  private async ended(operation: OperationScope, result: unknown): Promise<unknown> {
    if (!operation.finished) return this.endWithoutFinish(operation, result);
    if (!(result instanceof Finished)) return result;
    return (result as Finished).answer ?? (result as Finished).result;
  }

  // Job routes sweep over many tenants in many transactions and may run twice: their report is stored afterwards.
  private async endWithoutFinish(operation: OperationScope, result: unknown): Promise<unknown> {
    const { scope, claim, answers } = operation;
    if (operation.tenantId !== NO_TENANT)
      throw new Error("A @Write('operation') handler ends in operations.finish()");
    if (scope === undefined) return result;
    const { sent, stored } = answers(result);
    if (stored === undefined) return sent;
    const kept = await this.database.withTenant(
      () => this.store.storeAnswer(scope, claim.fence, stored),
      NO_TENANT,
    );
    operation.finished = kept;
    return sent;
  }

  private scopeFor(
    { answers }: WriteCall,
    claim: OperationClaim,
    scope: ClaimScope | undefined,
  ): OperationScope {
    const tenantId = scope?.tenantId ?? tenantOfRequest();
    return { claim, tenantId, scope, answers, finished: false, finishing: false };
  }

  private refusedOrReplayed(
    { options, raw, request }: WriteCall,
    claimed: Exclude<ClaimResult, { outcome: 'claimed' }>,
  ): RenderedAnswer | Streamed {
    if (claimed.outcome === 'other') throw HttpErrors.IDEMPOTENCY_KEY_REUSED();
    if (claimed.outcome === 'running')
      throw HttpErrors.IDEMPOTENCY_IN_PROGRESS(null, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    if (options.replayStream === undefined || !wantsStream(request)) return claimed.answer;
    return replayedStream(claimed.answer, options.replayStream, raw);
  }
}

function onlyPlain(result: unknown): unknown {
  if (result instanceof Streamed) throw new Error("A streaming route writes as 'operation'");
  return result;
}
