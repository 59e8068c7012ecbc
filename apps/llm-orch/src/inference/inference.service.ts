import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@eventzr/config';
import type { StreamEvent } from '@eventzr/http';
import { reply } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { AttemptLedger } from '../budgets/attempt-ledger.js';
import { UsageLog } from '../usage/usage-log.js';
import type { Account } from './account.js';
import type { EndedCompletion } from './completion-answer.js';
import { answerOf, recordOf } from './completion-answer.js';
import type { CompletionPlan } from './completion-plan.js';
import type { CompletionRun } from './completion-runner.js';
import { CompletionRunner } from './completion-runner.js';
import { CompletionStreams } from './completion-streams.js';
import { outputTokensOf } from './output-tokens.js';
import type { AnswerFormat } from './answer-format.js';

/** A paid completion: answer, settlement, record. Whoever pays, and whether it streams, is decided before. */
@Injectable()
export class InferenceService {
  constructor(
    private readonly runner: CompletionRunner,
    private readonly streams: CompletionStreams,
    private readonly ledger: AttemptLedger,
    private readonly usage: UsageLog,
    private readonly clock: Clock,
  ) {}

  async complete(plan: CompletionPlan, account: Account, format: AnswerFormat): Promise<Finished<object>> {
    const { operationId, deadline, ceiling } = account;
    let run: CompletionRun | undefined;
    try {
      run = await this.runner.run(plan, { deadline, ceiling, idempotencyKey: operationId });
      const charged = account.charge(outputTokensOf(run.completion.usage));
      const ended: EndedCompletion = { id: newId(this.clock), plan, run, account, charged };
      const { hold, costMicroUsd } = run;
      const finished = await account.finish(charged, async () => {
        await this.ledger.settleIn(hold, costMicroUsd);
        return reply(format.whole(answerOf(ended)), { headers: plan.cache?.headers });
      });
      await this.usage.add(recordOf(ended, this.clock.now()));
      await plan.cache?.keep(run);
      return finished;
    } catch (error) {
      if (run !== undefined) await this.ledger.settle(run.hold, run.costMicroUsd);
      await account.giveBack();
      throw error;
    }
  }

  /** The same as events. What is thrown before the first event cost nothing. */
  stream(plan: CompletionPlan, account: Account, format: AnswerFormat): AsyncGenerator<StreamEvent> {
    return this.streams.events(plan, account, format);
  }
}
