import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { CatalogueError, HttpErrors } from '@eventzr/http';
import { completionCredits } from '@eventzr/wallet-client';
import type { OpenOperation } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import { Brain } from '../orchestration/brain.js';
import { thoughtOutcome } from '../orchestration/orchestration-records.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { wishOf } from '../orchestration/wishes.js';
import type { PanelAnswer } from '../zar/zar.service.js';
import { ZarService } from '../zar/zar.service.js';
import type { AudioStep, Heard, Spoken } from './studio-audio.js';
import { StudioAudio } from './studio-audio.js';
import { explainAudio, wasUnbilled } from './studio-faults.js';
import type { VoiceBound } from './voice-bounds.js';
import { VoiceSpending } from './voice-spending.js';
import type { VoiceStepName } from './voice-steps.repository.js';

const MICROS_PER_USD = 1_000_000;
/** A little more than studio gives itself. */
const STT_TIMEOUT_MS = 125_000;
const TTS_TIMEOUT_MS = 65_000;

/** A spoken turn whose credits are held. */
export interface OpenTurn {
  readonly operation: OpenOperation;
  readonly bound: VoiceBound;
  readonly deadline: Date;
  /** Of the caller, who may go away. */
  readonly signal: AbortSignal;
}

/** The reserve of a step was refused: over the ceiling, all attempts counted. */
export class NoRoom extends Error {}

/** The three steps of a turn, each within what the ceiling leaves for it and within the turn's time. */
@Injectable()
export class VoiceStages {
  constructor(
    private readonly studio: StudioAudio,
    private readonly brain: Brain,
    private readonly zar: ZarService,
    private readonly spending: VoiceSpending,
    private readonly clock: Clock,
    private readonly config: AiBrainConfig,
  ) {}

  /** @throws TRANSCRIPTION_FAILED 502, ORCHESTRATION_TIMEOUT 504, BUDGET_EXCEEDED 402, and what is wrong with the recording */
  async hear(turn: OpenTurn, recordingId: string, languageHint: string | undefined): Promise<Heard> {
    const { maxCostMicroUsd } = turn.bound.transcription;
    try {
      return await this.paid(turn, 'stt', maxCostMicroUsd, STT_TIMEOUT_MS, (step) =>
        this.studio.transcribe(recordingId, languageHint, step),
      );
    } catch (error) {
      throw error instanceof NoRoom ? overCeiling(turn) : explainAudio(error);
    }
  }

  /** @throws what `Brain.think` and `ZarService.answer` throw */
  async think(turn: OpenTurn, request: AskedRequest): Promise<PanelAnswer> {
    const { operation, bound } = turn;
    const { roomMicroUsd, panel } = bound;
    const maxMicroUsd = await this.spending.reserveForBrain(operation.operationId, roomMicroUsd, bound);
    if (maxMicroUsd === undefined) throw overCeiling(turn);
    const limit = AbortSignal.timeout(this.left(turn, this.config.orchestrationTimeoutMs));
    const signal = AbortSignal.any([limit, turn.signal]);
    const wish = wishOf(request);
    try {
      return panel === undefined
        ? await this.single(turn, request, maxMicroUsd, signal)
        : await this.zar.answer({ request, wish, panel, operation, maxMicroUsd, signal });
    } catch (error) {
      if (limit.aborted) throw AiBrainErrors.ORCHESTRATION_TIMEOUT(null, { cause: error });
      throw error;
    }
  }

  /** @throws NoRoom, and what `ServiceClient` throws */
  say(
    turn: OpenTurn,
    wish: { readonly text: string; readonly language?: string; readonly voice?: string | undefined },
  ): Promise<Spoken> {
    const { maxCostMicroUsd } = turn.bound.speech;
    return this.paid(turn, 'tts', maxCostMicroUsd, TTS_TIMEOUT_MS, (step) => this.studio.speak(wish, step));
  }

  private async single(
    { operation }: OpenTurn,
    request: AskedRequest,
    maxMicroUsd: number,
    signal: AbortSignal,
  ): Promise<PanelAnswer> {
    const { operationId, holdId } = operation;
    const timeoutMs = this.config.orchestrationTimeoutMs;
    const wish = wishOf(request);
    const step = { operationId, holdId, name: 'single', maxMicroUsd, timeoutMs, wish, signal };
    const outcome = thoughtOutcome(await this.brain.think(step));
    return { outcome, credits: completionCredits(outcome.usage.outputTokens) };
  }

  /** One step of studio: reserved at its bound before it is asked, at its cost once that is known. */
  private async paid<T extends { readonly costUsd: number }>(
    turn: OpenTurn,
    name: VoiceStepName,
    boundMicroUsd: number,
    longestMs: number,
    work: (step: AudioStep) => Promise<T>,
  ): Promise<T> {
    const { operationId, holdId } = turn.operation;
    const { spending } = this;
    const timeoutMs = this.left(turn, longestMs);
    if (!(await spending.reserve(operationId, name, boundMicroUsd, turn.bound.roomMicroUsd)))
      throw new NoRoom();
    const maxMicroUsd = Math.max(1, boundMicroUsd);
    try {
      const made = await work({ operationId, holdId, maxMicroUsd, timeoutMs, signal: turn.signal });
      const cost = Math.ceil(made.costUsd * MICROS_PER_USD);
      await spending.settle(operationId, name, boundMicroUsd, cost, true);
      return made;
    } catch (error) {
      if (wasUnbilled(error)) await spending.settle(operationId, name, boundMicroUsd, 0, false);
      throw error;
    }
  }

  /** @throws ORCHESTRATION_TIMEOUT 504 when the turn's time is over */
  private left({ deadline }: OpenTurn, longestMs: number): number {
    const leftMs = deadline.getTime() - this.clock.now().getTime();
    if (leftMs <= 0) throw AiBrainErrors.ORCHESTRATION_TIMEOUT();
    return Math.min(leftMs, longestMs);
  }
}

/** Only after attempts whose outcome nobody knows: the first one was bounded within the ceiling. */
function overCeiling({ bound }: OpenTurn): CatalogueError {
  const { maxCostMicroUsd, roomMicroUsd } = bound;
  return HttpErrors.BUDGET_EXCEEDED({
    estimateUsd: maxCostMicroUsd / MICROS_PER_USD,
    ceilingUsd: roomMicroUsd / MICROS_PER_USD,
    maxAffordableTokens: 0,
  });
}
