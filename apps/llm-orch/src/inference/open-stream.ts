import type { Clock } from '@eventzr/config';
import type { AttemptHold } from '../budgets/attempt-ledger.js';
import type { Completion, CompletionChunk, CompletionUsage } from '../providers/completion.js';
import { CompletionParts, countedUsage, USAGE_IS_COUNTED } from '../providers/completion-chunks.js';
import { costMicroUsd } from '../providers/prices.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { Won } from '../routing/attempts.js';
import { ChunkSource } from './chunk-source.js';
import type { CompletionPlan } from './completion-plan.js';
import type { CompletionRun } from './completion-runner.js';
import { OutputGuard } from './output-guard.js';

/** Why a stream ended. */
export type StreamEnd = 'finished' | 'budget' | 'cancelled' | 'broken';

interface OpenStreamFacts {
  readonly won: Won<ChunkSource>;
  readonly plan: CompletionPlan;
  readonly free: () => void;
  readonly startedMs: number;
  readonly clock: Clock;
}

/** A stream that answers: passes chunks on while they fit, and ends exactly once. */
export class OpenStream {
  private readonly parts = new CompletionParts();
  private readonly guard: OutputGuard;
  private ended: StreamEnd | undefined;
  private broken: ProviderFault | undefined;

  constructor(private readonly facts: OpenStreamFacts) {
    this.guard = new OutputGuard(facts.plan.wish.maxTokens);
  }

  static begin(chunks: AsyncIterable<CompletionChunk>): Promise<ChunkSource> {
    return ChunkSource.begin(chunks);
  }

  get target() {
    return this.facts.won.target;
  }

  get hold(): AttemptHold {
    return this.facts.won.hold;
  }

  get fault(): ProviderFault | undefined {
    return this.broken;
  }

  get attempts() {
    return this.facts.won.attempts;
  }

  /** The next chunk; undefined when the stream is over, and {@link end} tells why. */
  async next(signal: AbortSignal | undefined): Promise<CompletionChunk | undefined> {
    try {
      const chunk = await this.facts.won.value.next();
      if (chunk === undefined) {
        this.finish(this.parts.finish() === undefined ? 'broken' : 'finished');
        return undefined;
      }
      if (this.guard.refuses(chunk)) {
        this.finish('budget');
        return undefined;
      }
      this.parts.add(chunk);
      return chunk;
    } catch (error) {
      this.broke(error, signal);
      return undefined;
    }
  }

  /** Breaks the stream off, unless it is over already. */
  finish(end: StreamEnd): StreamEnd {
    if (this.ended !== undefined) return this.ended;
    this.ended = end;
    const { won, free } = this.facts;
    free();
    if (end === 'broken') {
      const { name: provider } = won.target.provider;
      this.broken ??= new ProviderFault({ provider, kind: 'transport' }, 'the stream ended without an end');
      won.note.outcome = this.broken.kind;
      won.call.failed(this.broken);
    } else if (end === 'finished') won.call.succeeded();
    else {
      if (end === 'cancelled') won.note.outcome = 'cancelled';
      won.value.leave();
      won.call.abandoned();
    }
    return end;
  }

  /** What came, as an answer: usage as reported or, where the vendor did not get to it, as counted. */
  run(): CompletionRun {
    const { won, plan, startedMs, clock } = this.facts;
    const { target, hold, attempts } = won;
    const completion = this.parts.completion(plan.wish) ?? this.unfinished();
    const latencyMs = clock.now().getTime() - startedMs;
    const cost = target.price === undefined ? 0 : costMicroUsd(completion.usage, target.price);
    return {
      completion,
      target,
      hold,
      attempts,
      latencyMs,
      costMicroUsd: Math.min(cost, target.boundMicroUsd),
    };
  }

  private broke(error: unknown, signal: AbortSignal | undefined): void {
    const { target } = this.facts.won;
    if (signal?.aborted === true) this.finish('cancelled');
    else {
      const late = (error as { name?: unknown } | undefined)?.name === 'TimeoutError';
      const kind = late ? 'timeout' : 'server';
      this.broken =
        error instanceof ProviderFault
          ? error
          : new ProviderFault({ provider: target.provider.name, kind }, kind, { cause: error });
      this.finish('broken');
    }
  }

  private unfinished(): Completion {
    const { target } = this.facts.won;
    const toolCalls = this.parts.toolCalls();
    const counted = countedUsage(this.facts.plan.wish, this.parts.written());
    return {
      text: this.parts.text(),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      model: target.model,
      finishReason: 'stop',
      usage: atLeast(this.parts.usage ?? counted, counted),
      limits: this.parts.usage === undefined ? [USAGE_IS_COUNTED] : [],
    };
  }
}

/** A usage that was reported before the end lacks what was written since. */
function atLeast(reported: CompletionUsage, { outputTokens }: CompletionUsage): CompletionUsage {
  return { ...reported, outputTokens: Math.max(reported.outputTokens, outputTokens) };
}
