import { Injectable } from '@nestjs/common';
import type { Streamed } from '@eventzr/http';
import { currentContext, streamed } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { assertAffordable } from '../budgets/budget-errors.js';
import { LlmErrors } from '../llm-orch.errors.js';
import { CallReports } from '../reports/call-reports.js';
import type { Account } from './account.js';
import { CachedAnswers } from './cached-answers.js';
import { ChildOperations } from './child-operations.js';
import { CompletionPayment } from './completion-payment.js';
import type { CompletionPlan, CompletionWish } from './completion-plan.js';
import { reportedAs } from './completion-plan.js';
import { CompletionPlanner } from './completion-planner.js';
import { HOUSE_FORMAT } from './house-format.js';
import type { InternalEstimate, InternalEstimateRequest } from './internal-inference.dto.js';
import { InferenceService } from './inference.service.js';
import type { AnswerFormat } from './answer-format.js';

/** The names of the operations in the price table and on the ledger. */
export const COMPLETE_OPERATION = 'inference.complete';
export const CHAT_OPERATION = 'inference.chat';

/** How a request wants its answer. */
export interface AnswerForm {
  readonly stream: boolean;
  readonly format?: AnswerFormat;
}

/** From a request to its paid answer, whole or streamed. */
@Injectable()
export class InferenceRequests {
  constructor(
    private readonly planner: CompletionPlanner,
    private readonly payment: CompletionPayment,
    private readonly children: ChildOperations,
    private readonly inference: InferenceService,
    private readonly cached: CachedAnswers,
    private readonly reports: CallReports,
  ) {}

  async paid(wish: CompletionWish, operation: string, form: AnswerForm) {
    const plan = this.planner.plan(wish);
    return this.reports.watched(reportedAs(plan), async () => {
      const account = await this.payment.open(plan, operation);
      return this.answer({ ...plan, cache: await this.cached.look(plan) }, account, form);
    });
  }

  async child(wish: CompletionWish, form: AnswerForm) {
    const plan = this.planner.plan(wish);
    return this.reports.watched(reportedAs(plan), async () =>
      this.answer(plan, await this.children.open(plan), form),
    );
  }

  estimate({ ceilingMicroUsd, ...wish }: InternalEstimateRequest): InternalEstimate {
    const plan = this.planner.plan(wish);
    assertAffordable(plan, ceilingMicroUsd);
    if (plan.price === undefined) throw LlmErrors.PRICE_UNKNOWN({ model: plan.model });
    return { maxCostMicroUsd: plan.boundMicroUsd, provider: plan.provider.name, model: plan.model };
  }

  private async answer(
    plan: CompletionPlan,
    account: Account,
    { stream, format = HOUSE_FORMAT }: AnswerForm,
  ): Promise<Finished<object> | Streamed> {
    const source = plan.cache?.lookup.completion === undefined ? this.inference : this.cached;
    if (!stream) return source.complete(plan, account, format);
    return streamed(source.stream(plan, account, format), { headers: plan.cache?.headers });
  }
}

/** Whether the caller asks for events, in the body or by `Accept`. */
export function asked(stream: boolean | undefined): AnswerForm {
  const accept = currentContext()?.headers['accept'];
  return { stream: stream === true || (typeof accept === 'string' && accept.includes('text/event-stream')) };
}
