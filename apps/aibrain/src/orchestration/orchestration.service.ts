import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { budgetCeilingMicroUsd, currentContext, runInContext } from '@eventzr/http';
import type { StreamEvent } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { completionCredits, Credits, holdForCompletion } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainConfig } from '../config.js';
import { Brain } from './brain.js';
import type { Step, Thought, Wish } from './brain.js';
import { BrainStream } from './brain-stream.js';
import type { Outcome } from './orchestration-records.js';
import { OrchestrationRecords, thoughtOutcome } from './orchestration-records.js';
import type { AskedRequest } from './wishes.js';
import { wishOf } from './wishes.js';

/** The operation's name in the price table and on the ledger. */
export const SINGLE_OPERATION = 'orchestrate.single';

/** What is about to be done, once it is known to be affordable. */
interface SingleRun extends Limits {
  readonly request: AskedRequest;
  readonly operation: OpenOperation;
  /** Of the caller, who may go away. */
  readonly signal: AbortSignal | undefined;
}

/** What a stream has sent so far. */
interface Sent {
  readonly chunks: string[];
  /** Known before the first word. */
  model: string | undefined;
}

interface Limits {
  /** The caller's own, if any. */
  readonly ceilingMicroUsd: number | undefined;
  /** The most that all attempts together may cost. */
  readonly maxMicroUsd: number;
  /** The most that one attempt can cost. */
  readonly boundMicroUsd: number;
  readonly startedAt: Date;
  readonly deadline: Date;
}

/** Without a caller's ceiling: an attempt whose outcome nobody knows, and one more. */
const ATTEMPTS_PAID = 2;
const MICROS_PER_USD = 1_000_000;
const CHARACTERS_PER_TOKEN = 4;

/** Deadline and ceiling of an operation. */
@Injectable()
export class OrchestrationLimits {
  readonly timeoutMs: number;

  constructor(
    private readonly brain: Brain,
    private readonly clock: Clock,
    config: AiBrainConfig,
  ) {
    this.timeoutMs = config.orchestrationTimeoutMs;
  }

  /** @throws BUDGET_EXCEEDED 402 before anything is held or sent */
  async of(wish: Wish): Promise<Limits> {
    const startedAt = this.clock.now();
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    const { maxCostMicroUsd } = await this.brain.bound(wish, ceilingMicroUsd);
    const maxMicroUsd = ceilingMicroUsd ?? Math.max(1, ATTEMPTS_PAID * maxCostMicroUsd);
    const deadline = new Date(startedAt.getTime() + this.timeoutMs);
    return { ceilingMicroUsd, maxMicroUsd, boundMicroUsd: maxCostMicroUsd, startedAt, deadline };
  }
}

/** Orchestrates one prompt: bound, hold, think, settle. */
@Injectable()
export class OrchestrationService {
  constructor(
    private readonly brain: Brain,
    private readonly streams: BrainStream,
    private readonly credits: Credits,
    private readonly operations: Operations<AiBrainTx>,
    private readonly records: OrchestrationRecords,
    private readonly limits: OrchestrationLimits,
  ) {}

  async orchestrate(request: AskedRequest) {
    const run = await this.open(request);
    try {
      return await this.settle(run, thoughtOutcome(await this.brain.think(this.stepOf(run))));
    } catch (error) {
      await this.credits.release(run.operation);
      throw error;
    }
  }

  /** The same as events; whoever leaves before the first word pays nothing, afterwards for what was produced. */
  async *stream(request: AskedRequest): AsyncGenerator<StreamEvent> {
    const context = currentContext();
    const inContext = <R>(work: () => Promise<R>) =>
      context === undefined ? work() : runInContext(context, work);
    const run = await this.open(request);
    const sent: Sent = { chunks: [], model: undefined };
    let settled = false;
    try {
      const thought = yield* this.deltas(run, sent);
      const { value } = await this.settle(run, thoughtOutcome(thought), sent.chunks);
      settled = true;
      yield { event: 'done', data: value };
    } finally {
      if (!settled) await inContext(() => this.leave(run, sent));
    }
  }

  private async *deltas(run: SingleRun, sent: Sent): AsyncGenerator<StreamEvent, Thought> {
    const source = this.streams.think(this.stepOf(run), (model) => (sent.model = model));
    for (let step = await source.next(); ; step = await source.next()) {
      if (step.done === true) return step.value;
      sent.chunks.push(step.value);
      yield { event: 'delta', data: { text: step.value } };
    }
  }

  /** After a fault nothing is charged; a caller who left had what was sent. */
  private async leave(run: SingleRun, sent: Sent): Promise<void> {
    if (run.signal?.aborted !== true || sent.chunks.length === 0) return this.credits.release(run.operation);
    try {
      await this.settle(run, cancelledOutcome(run, sent), sent.chunks);
    } catch (error) {
      await this.credits.release(run.operation);
      throw error;
    }
  }

  private async open(request: AskedRequest): Promise<SingleRun> {
    const limits = await this.limits.of(wishOf(request));
    const { ceilingMicroUsd, deadline } = limits;
    const operation = await this.credits.open({
      operation: SINGLE_OPERATION,
      credits: holdForCompletion(request.maxTokens),
      deadline,
      ...(ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd }),
    });
    return { ...limits, request, operation, signal: currentContext()?.signal };
  }

  private stepOf({ request, operation, maxMicroUsd, signal }: SingleRun): Step {
    const { operationId, holdId } = operation;
    const timeoutMs = this.limits.timeoutMs;
    return {
      operationId,
      holdId,
      name: 'single',
      maxMicroUsd,
      timeoutMs,
      wish: wishOf(request),
      signal,
    };
  }

  private settle({ request, operation, startedAt }: SingleRun, outcome: Outcome, chunks?: readonly string[]) {
    const charged = Math.min(operation.credits, completionCredits(outcome.usage.outputTokens));
    return this.operations.finish(async (tx) => {
      await this.credits.settle(tx, operation, { capture: charged });
      return this.records.write(tx, {
        request,
        outcome,
        startedAt,
        operationId: operation.operationId,
        held: operation.credits,
        charged,
        chunks,
      });
    });
  }
}

/** The gateway's count never came to a reader who left: tokens are guessed by length and said to be, the cost is its bound. */
function cancelledOutcome({ request, boundMicroUsd }: SingleRun, { chunks, model }: Sent): Outcome {
  const text = chunks.join('');
  const asked = wishOf(request).messages.reduce((sum, { content }) => sum + content.length, 0);
  const [inputTokens, outputTokens] = [tokensIn(asked), tokensIn(text.length)];
  return {
    text,
    modelsUsed: model === undefined ? [] : [model],
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, estimated: true },
    costUsd: boundMicroUsd / MICROS_PER_USD,
    limits: [
      'cancelled: the caller left before the end, so that tokens are estimated and the cost is the most that it can have been',
    ],
  };
}

function tokensIn(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
