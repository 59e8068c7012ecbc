import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { CatalogueError, currentContext, currentPrincipal, HttpErrors } from '@eventzr/http';
import { Operations } from '@eventzr/idempotency';
import { Credits, ZAR_CREDITS, zarCredits } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import type { Wish } from '../orchestration/brain.js';
import { Brain } from '../orchestration/brain.js';
import type { Progress } from '../orchestration/progress.js';
import { linesOf } from '../orchestration/progress-events.js';
import type { Outcome } from '../orchestration/orchestration-records.js';
import { OrchestrationRecords } from '../orchestration/orchestration-records.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { wishOf } from '../orchestration/wishes.js';
import type { Agreement } from './agreement.js';
import { agreementOf } from './agreement.js';
import type { MemberOutcome } from './fan-out.js';
import { fanOut } from './fan-out.js';
import type { Member, Panel } from './panel.js';
import { Panels } from './panel.js';
import { ZarBounds } from './zar-bounds.js';
import { memberView, nobodyAnswered, outcomeOf } from './zar-outcome.js';
import type { Synthesised } from './zar-synthesis.js';
import { ZarSynthesis } from './zar-synthesis.js';

/** The operation's name in the price table and on the ledger. */
export const ZAR_OPERATION = 'orchestrate.zar';
const MEMBER_TIME_SHARE = 0.55;

/** Three members to be asked within an operation that is open. */
export interface PanelRun {
  readonly request: AskedRequest;
  readonly wish: Wish;
  readonly panel: Panel;
  readonly operation: OpenOperation;
  /** The most that all its steps may cost together. */
  readonly maxMicroUsd: number;
  /** Absent when the answer is given as a whole. */
  readonly tell?: Progress | undefined;
  readonly signal: AbortSignal | undefined;
}

interface ZarRun extends PanelRun {
  readonly startedAt: Date;
}

/** What the members came to, and what that is worth. */
export interface PanelAnswer {
  readonly outcome: Outcome;
  readonly credits: number;
}

/** Three answers, compared: bound, hold, ask, agree, judge, write, settle. */
@Injectable()
export class ZarService {
  constructor(
    private readonly brain: Brain,
    private readonly panels: Panels,
    private readonly bounds: ZarBounds,
    private readonly synthesis: ZarSynthesis,
    private readonly credits: Credits,
    private readonly operations: Operations<AiBrainTx>,
    private readonly records: OrchestrationRecords,
    private readonly clock: Clock,
    private readonly config: AiBrainConfig,
  ) {}

  /**
   * @param tell hears what happens, as it happens
   * @throws ZAR_TIER_REQUIRED 403, ZAR_INSUFFICIENT_CREDITS 402, BUDGET_EXCEEDED 402 before anything is sent;
   * CONSENSUS_FAILED 422 and PROVIDER_ERROR 502 with everything given back
   */
  async orchestrate(request: AskedRequest, tell?: Progress) {
    if (currentPrincipal().tier === 'BASE') throw AiBrainErrors.ZAR_TIER_REQUIRED();
    const startedAt = this.clock.now();
    const [wish, panel] = [wishOf(request), await this.panels.choose()];
    const { ceilingMicroUsd, maxMicroUsd } = await this.bounds.of(wish, panel);
    const operation = await this.hold(startedAt, ceilingMicroUsd);
    const signal = currentContext()?.signal;
    try {
      const run = { request, wish, panel, operation, maxMicroUsd, startedAt, tell, signal };
      return await this.settle(run, await this.answer(run));
    } catch (error) {
      await this.credits.release(operation);
      throw error;
    }
  }

  private async hold(startedAt: Date, ceilingMicroUsd: number | undefined): Promise<OpenOperation> {
    const deadline = new Date(startedAt.getTime() + this.config.orchestrationTimeoutMs);
    const ceiling = ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd };
    try {
      return await this.credits.open({
        operation: ZAR_OPERATION,
        credits: ZAR_CREDITS,
        deadline,
        ...ceiling,
      });
    } catch (error) {
      const poor =
        error instanceof CatalogueError && error.entry.code === HttpErrors.INSUFFICIENT_CREDITS.entry.code;
      throw poor ? AiBrainErrors.ZAR_INSUFFICIENT_CREDITS(error.details, { cause: error }) : error;
    }
  }

  /**
   * Asks and compares, and settles nothing: for operations that do more than that.
   * @throws CONSENSUS_FAILED 422, PROVIDER_ERROR 502, ORCHESTRATION_TIMEOUT 504
   */
  async answer(run: PanelRun): Promise<PanelAnswer> {
    const outcomes = await this.askMembers(run);
    run.signal?.throwIfAborted();
    const said = outcomes.flatMap(({ member, status, thought }) =>
      status === 'answered' && thought !== undefined ? [{ slot: member.slot, text: thought.text }] : [],
    );
    const [first] = said;
    if (first === undefined) throw nobodyAnswered(outcomes);
    if (said.length === 1) return answerOf(run, outcomes, undefined, false, asIs(first.text));
    const agreement = agreementOf(said);
    const reached = agreement.level !== 'none';
    run.tell?.({ event: 'consensus', data: consensusNews(agreement, reached, outcomes) });
    if (!reached && run.request.onNoConsensus !== 'best') throw await this.failed(run, agreement, outcomes);
    const synthesised = reached
      ? await this.synthesis.synthesise({ ...run, said, agreement })
      : asIs(agreement.medoid.text);
    return answerOf(run, outcomes, agreement, reached, synthesised);
  }

  private askMembers({
    wish,
    panel,
    operation,
    maxMicroUsd,
    tell,
    signal,
  }: PanelRun): Promise<MemberOutcome[]> {
    const { operationId, holdId } = operation;
    const timeoutMs = Math.floor(MEMBER_TIME_SHARE * this.config.orchestrationTimeoutMs);
    const asked = this.clock.now().getTime();
    const ask = ({ slot, provider, model }: Member, until: AbortSignal) => {
      tell?.({ event: 'member.started', data: { slot, provider, model } });
      return this.brain.think({
        operationId,
        holdId,
        name: `member.${slot}`,
        maxMicroUsd,
        timeoutMs,
        wish: { ...wish, provider, model },
        signal: until,
      });
    };
    return fanOut({
      members: panel.members,
      ask,
      elapsedMs: () => this.clock.now().getTime() - asked,
      graceMs: this.config.zarGraceMs,
      isTimeout: (error) =>
        error instanceof CatalogueError &&
        error.entry.code === AiBrainErrors.ORCHESTRATION_TIMEOUT.entry.code,
      finished: (outcome) => tell?.({ event: 'member.finished', data: memberView(outcome) }),
      signal,
    });
  }

  private settle({ request, operation, startedAt, tell }: ZarRun, { outcome, credits }: PanelAnswer) {
    const charged = Math.min(operation.credits, credits);
    return this.operations.finish(async (tx) => {
      await this.credits.settle(tx, operation, { capture: charged });
      return this.records.write(tx, {
        request,
        outcome,
        startedAt,
        operationId: operation.operationId,
        held: operation.credits,
        charged,
        chunks: tell === undefined ? [] : linesOf(outcome.text),
      });
    });
  }

  private async failed(
    { request, operation }: PanelRun,
    { score, disagreements }: Agreement,
    outcomes: readonly MemberOutcome[],
  ): Promise<Error> {
    const answered = outcomes.filter(({ status }) => status === 'answered').length;
    const modelsUsed = outcomes.flatMap(({ thought }) => thought?.model ?? []);
    const { operationId } = operation;
    await this.records.tellFailure({ request, operationId, modelsUsed, score, answered });
    return AiBrainErrors.CONSENSUS_FAILED({ score, answered, of: outcomes.length, disagreements });
  }
}

function answerOf(
  { panel }: PanelRun,
  outcomes: readonly MemberOutcome[],
  agreement: Agreement | undefined,
  reached: boolean,
  synthesised: Synthesised,
): PanelAnswer {
  const answered = outcomes.filter(({ status }) => status === 'answered');
  const tokens = answered[0]?.thought?.usage.outputTokens ?? 0;
  const end = { panel, outcomes, reached, synthesised, ...(agreement === undefined ? {} : { agreement }) };
  return { outcome: outcomeOf(end), credits: zarCredits(answered.length, tokens) };
}

function asIs(text: string): Synthesised {
  return { text, synthesis: 'medoid', thoughts: [], ungrounded: [] };
}

function consensusNews(
  { score, level, disagreements }: Agreement,
  reached: boolean,
  outcomes: readonly MemberOutcome[],
) {
  const answered = outcomes.filter(({ status }) => status === 'answered').length;
  return { reached, score, level, answered, of: outcomes.length, disagreements };
}
