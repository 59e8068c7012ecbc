import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import type { CatalogueError, RequestContext, StreamEvent } from '@eventzr/http';
import { AppLogger, currentContext, runInContext } from '@eventzr/http';
import { AttemptLedger } from '../budgets/attempt-ledger.js';
import { CallReports } from '../reports/call-reports.js';
import { explainedFault } from '../routing/attempt-errors.js';
import { UsageLog } from '../usage/usage-log.js';
import type { Account } from './account.js';
import { answerOf, recordOf } from './completion-answer.js';
import type { CompletionPlan } from './completion-plan.js';
import { reportedAs } from './completion-plan.js';
import { CompletionRunner } from './completion-runner.js';
import { stoppedByBudget } from './house-format.js';
import type { CompletionAnswer } from './completion-answer.dto.js';
import type { OpenStream, StreamEnd } from './open-stream.js';
import { outputTokensOf } from './output-tokens.js';
import type { AnswerFormat, StreamStart } from './answer-format.js';

/** One streamed operation. */
interface Streaming {
  readonly id: string;
  readonly plan: CompletionPlan;
  readonly account: Account;
  readonly open: OpenStream;
  readonly format: AnswerFormat;
  /** Of the request: a caller that goes away must not take it along. */
  readonly context: RequestContext | undefined;
}

/** Streams completions as events; every way out settles, once, before the last event. */
@Injectable()
export class CompletionStreams {
  constructor(
    private readonly runner: CompletionRunner,
    private readonly ledger: AttemptLedger,
    private readonly usage: UsageLog,
    private readonly reports: CallReports,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  async *events(plan: CompletionPlan, account: Account, format: AnswerFormat): AsyncGenerator<StreamEvent> {
    const streaming = await this.begin(plan, account, format);
    const { open, context } = streaming;
    const { signal } = context ?? {};
    const start = startOf(streaming);
    let seen = false;
    let ended: StreamEnd | undefined;
    try {
      yield* format.start(start);
      for (let chunk = await open.next(signal); chunk !== undefined; chunk = await open.next(signal)) {
        if (chunk.type !== 'delta' && chunk.type !== 'tool-call') continue;
        seen = true;
        yield format.delta(chunk, start);
      }
      // The stream is over and has told why; from here on it is settled here.
      ended = open.finish('finished');
    } finally {
      // Also when the reader left while an event was on its way.
      if (ended === undefined) await this.leftBy(streaming, seen);
    }
    if (ended === 'cancelled') await this.leftBy(streaming, seen);
    else yield* this.last(await this.settle(streaming, ended), ended, streaming);
  }

  private async begin(plan: CompletionPlan, account: Account, format: AnswerFormat): Promise<Streaming> {
    const { operationId, deadline, ceiling } = account;
    try {
      const open = await this.runner.open(plan, { deadline, ceiling, idempotencyKey: operationId });
      return { id: newId(this.clock), plan, account, open, format, context: currentContext() };
    } catch (error) {
      this.reports.tell(error, reportedAs(plan));
      await account.giveBack();
      throw error;
    }
  }

  private last(answer: CompletionAnswer, ended: StreamEnd, { plan, open, format }: Streaming): StreamEvent[] {
    if (ended === 'finished') return format.done(answer);
    if (ended === 'budget') {
      const stopped = stoppedByBudget(answer);
      this.reports.tell(stopped, reportedAs(plan), 'stopped');
      return format.fault('budget', stopped, answer);
    }
    const error = errorOf(open);
    this.reports.tell(error, reportedAs(plan));
    this.logger.warn({ err: open.fault, attempts: open.attempts }, 'a stream broke');
    return format.fault(open.fault?.kind === 'timeout' ? 'timeout' : 'provider', error, answer);
  }

  /** Before anything was seen it cost nothing; afterwards, what was produced. */
  private async leftBy(streaming: Streaming, seen: boolean): Promise<void> {
    streaming.open.finish('cancelled');
    const settle = () => this.settle(streaming, 'cancelled', seen);
    await (streaming.context === undefined ? settle() : runInContext(streaming.context, settle));
  }

  /** One place for every end: attempt, credits, stored answer, record. */
  private async settle(streaming: Streaming, end: StreamEnd, seen = true): Promise<CompletionAnswer> {
    const { id, plan, account, open, format } = streaming;
    const run = open.run();
    const paid = seen && end !== 'broken';
    const charged = paid ? account.charge(outputTokensOf(run.completion.usage)) : 0;
    const ended = { id, plan, run, account, charged, end };
    const answer = answerOf(ended);
    // What a vendor may have worked on after it broke off is not known: it stays counted at its bound.
    const cost = end === 'broken' ? open.hold.boundMicroUsd : run.costMicroUsd;
    try {
      if (paid) {
        await account.finish(charged, async () => {
          await this.ledger.settleIn(open.hold, cost);
          return format.whole(answer);
        });
      } else {
        await this.ledger.settle(open.hold, cost);
        await account.giveBack();
      }
    } catch (error) {
      await this.ledger.settle(open.hold, cost);
      await account.giveBack();
      throw error;
    }
    await this.usage.add(recordOf(ended, this.clock.now()));
    if (end === 'finished') await plan.cache?.keep(run);
    return answer;
  }
}

function startOf({ id, plan, open }: Streaming): StreamStart {
  const { provider, model } = open.target;
  const { requestedProvider } = plan;
  const useCase = plan.wish.useCase ?? 'general';
  return {
    id,
    model,
    provider: provider.name,
    ...(requestedProvider === undefined ? {} : { requestedProvider }),
    useCase,
  };
}

function errorOf({ fault, attempts }: OpenStream): CatalogueError {
  if (fault === undefined) throw new Error('A broken stream has its fault');
  return explainedFault(fault, attempts);
}
