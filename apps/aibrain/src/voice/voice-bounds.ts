import { Injectable } from '@nestjs/common';
import { budgetCeilingMicroUsd, CatalogueError, HttpErrors } from '@eventzr/http';
import { holdForCompletion, voiceCredits, ZAR_CREDITS } from '@eventzr/wallet-client';
import { Brain } from '../orchestration/brain.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { wishOf } from '../orchestration/wishes.js';
import type { Panel } from '../zar/panel.js';
import { Panels } from '../zar/panel.js';
import { ZarBounds } from '../zar/zar-bounds.js';
import { MOST_SPOKEN_CHARACTERS } from './spoken-text.js';
import type { AudioBound } from './studio-audio.js';
import { StudioAudio } from './studio-audio.js';
import { explainAudio, unspeakableFor } from './studio-faults.js';
import type { UnspokenReason } from './voice-turn.dto.js';
import type { SpokenQuestion } from './voice-wishes.js';
import { longestRequest } from './voice-wishes.js';

/** Credits and micro-USD that each stage takes at most. */
export interface StageBounds {
  readonly transcription: AudioBound;
  readonly answer: AudioBound;
  readonly speech: AudioBound;
}

export interface VoiceBound extends StageBounds {
  readonly credits: number;
  /** Of the three stages, each asked once. */
  readonly maxCostMicroUsd: number;
  /** The caller's own, if any. */
  readonly ceilingMicroUsd: number | undefined;
  /** The most that the whole turn may cost, repeated steps included. */
  readonly roomMicroUsd: number;
  /** Of mode zar. */
  readonly panel: Panel | undefined;
  /** Known before anything was heard: why nothing will be spoken. */
  readonly unspeakable: UnspokenReason | undefined;
}

const NOTHING: AudioBound = { credits: 0, maxCostMicroUsd: 0 };
/** Without a caller's ceiling: an attempt whose outcome nobody knows, and one more. */
const ATTEMPTS_PAID = 2;
const MICROS_PER_USD = 1_000_000;

/** Bounds a whole spoken turn, before anything is sent to a recogniser, a model or a voice. */
@Injectable()
export class VoiceBounds {
  constructor(
    private readonly studio: StudioAudio,
    private readonly brain: Brain,
    private readonly panels: Panels,
    private readonly zar: ZarBounds,
  ) {}

  /** @throws BUDGET_EXCEEDED 402 when that is above the caller's ceiling; UNKNOWN_VOICE 400, UNSUPPORTED_SPEECH_LANGUAGE 400 */
  async of(question: SpokenQuestion, durationMs: number): Promise<VoiceBound> {
    const ceilingMicroUsd = budgetCeilingMicroUsd();
    const bound = await this.costOf(question, durationMs);
    const { maxCostMicroUsd } = bound;
    if (ceilingMicroUsd !== undefined && maxCostMicroUsd > ceilingMicroUsd)
      throw HttpErrors.BUDGET_EXCEEDED({
        estimateUsd: maxCostMicroUsd / MICROS_PER_USD,
        ceilingUsd: ceilingMicroUsd / MICROS_PER_USD,
        maxAffordableTokens: await this.affordable(question, durationMs, bound, ceilingMicroUsd),
      });
    const roomMicroUsd = ceilingMicroUsd ?? ATTEMPTS_PAID * maxCostMicroUsd;
    return { ...bound, ceilingMicroUsd, roomMicroUsd };
  }

  /** What a turn of this length takes at most. */
  async costOf(question: SpokenQuestion, durationMs: number) {
    const { languageHint } = question.fields;
    const [transcription, { speech, unspeakable }, { answer, panel }] = await Promise.all([
      this.studio.boundTranscript(durationMs, languageHint).catch(refuse),
      this.speech(question),
      this.answer(question, longestRequest(question, durationMs)),
    ]);
    const stages = { transcription, answer, speech };
    const credits = voiceCredits({
      transcription: transcription.credits,
      answer: answer.credits,
      speech: speech.credits,
    });
    const maxCostMicroUsd = Object.values(stages).reduce((sum, stage) => sum + stage.maxCostMicroUsd, 0);
    return { ...stages, credits, maxCostMicroUsd, panel, unspeakable };
  }

  private async speech({ fields }: SpokenQuestion) {
    const { ttsResponse, voice, languageHint: language } = fields;
    if (!ttsResponse) return { speech: NOTHING, unspeakable: undefined };
    const text = 'a'.repeat(MOST_SPOKEN_CHARACTERS);
    try {
      return { speech: await this.studio.boundSpeech({ text, language, voice }), unspeakable: undefined };
    } catch (error) {
      return { speech: NOTHING, unspeakable: unspeakableFor(error) };
    }
  }

  private async answer({ fields }: SpokenQuestion, request: AskedRequest) {
    const wish = wishOf(request);
    if (fields.mode === 'single') {
      const { maxCostMicroUsd } = await this.brain.bound(wish);
      return { answer: { credits: holdForCompletion(fields.maxTokens), maxCostMicroUsd }, panel: undefined };
    }
    const panel = await this.panels.choose();
    const maxCostMicroUsd = await this.zar.costOf(wish, panel);
    return { answer: { credits: ZAR_CREDITS, maxCostMicroUsd }, panel };
  }

  /** How many tokens the ceiling would pay for, once the recording and the spoken answer are paid. */
  private async affordable(
    question: SpokenQuestion,
    durationMs: number,
    { transcription, speech, panel }: StageBounds & { readonly panel: Panel | undefined },
    ceiling: number,
  ): Promise<number> {
    const left = ceiling - transcription.maxCostMicroUsd - speech.maxCostMicroUsd;
    if (left < 1) return 0;
    const wish = wishOf(longestRequest(question, durationMs));
    try {
      await (panel === undefined ? this.brain.bound(wish, left) : this.zar.of(wish, panel, left));
      return question.fields.maxTokens;
    } catch (error) {
      return tokensIn(error);
    }
  }
}

function refuse(error: unknown): never {
  throw explainAudio(error);
}

function tokensIn(error: unknown): number {
  if (!(error instanceof CatalogueError) || error.details === null) throw error;
  const tokens = 'maxAffordableTokens' in error.details ? error.details['maxAffordableTokens'] : 0;
  return typeof tokens === 'number' ? tokens : 0;
}
