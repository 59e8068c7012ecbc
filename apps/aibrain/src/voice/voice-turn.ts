import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { HttpErrors } from '@eventzr/http';
import { voiceCredits } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import type { Outcome } from '../orchestration/orchestration-records.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { spokenText } from './spoken-text.js';
import { SpokenTurns } from './spoken-turns.js';
import type { Heard, Recording } from './studio-audio.js';
import { unspoken, unspokenFor, wasUnbilled } from './studio-faults.js';
import type { StageBounds } from './voice-bounds.js';
import type { OpenTurn } from './voice-stages.js';
import { NoRoom, VoiceStages } from './voice-stages.js';
import type { HeardView, SpokenView, StagesView, UnspokenReason, UnspokenView } from './voice-turn.dto.js';
import { withTranscript } from './heard-faults.js';
import type { SpokenQuestion } from './voice-wishes.js';
import { askedRequest, promptOf } from './voice-wishes.js';

/** A spoken question with its recording taken in. */
export interface RecordedQuestion extends SpokenQuestion {
  readonly recording: Recording;
  /** How long that took. */
  readonly audioMs: number;
}

/** What a spoken turn came to. */
export interface FinishedTurn {
  readonly request: AskedRequest;
  readonly outcome: Outcome;
  /** What was done is worth, in credits. */
  readonly credits: number;
  readonly transcript: HeardView;
  readonly stages: StagesView;
  readonly audio?: SpokenView;
  readonly noAudio?: UnspokenView;
  readonly needsConfirmation?: true;
}

interface Speech {
  readonly said: Pick<FinishedTurn, 'audio' | 'noAudio'>;
  readonly credits: number;
  readonly costMicroUsd: number;
}

const MICROS_PER_USD = 1_000_000;
const PER_CENT = 100;
const NO_SPEECH_ASKED: Speech = { said: {}, credits: 0, costMicroUsd: 0 };
const CUT = 'the recording says more than was answered: the end of its transcript was left out';

/** Hears, thinks and speaks, in an operation that is open. */
@Injectable()
export class VoiceTurn {
  constructor(
    private readonly stages: VoiceStages,
    private readonly order: SpokenTurns,
    private readonly clock: Clock,
    private readonly config: AiBrainConfig,
  ) {}

  /** @throws NO_SPEECH 422, TURN_SUPERSEDED 409, and what hearing and thinking throw; a fault of the brain tells what was heard */
  async take(turn: OpenTurn, question: RecordedQuestion): Promise<FinishedTurn> {
    const { recording, fields } = question;
    const [heard, sttMs] = await this.timed(() =>
      this.stages.hear(turn, recording.recordingId, fields.languageHint),
    );
    const { text, confidence } = heard.transcript;
    if (!/[\p{L}\p{N}]/u.test(text)) throw AiBrainErrors.NO_SPEECH();
    const isDoubtful = Math.round(confidence * PER_CENT) < this.config.voiceConfidencePercent;
    return isDoubtful && fields.onLowConfidence === 'confirm'
      ? askedBack(question, heard, sttMs)
      : this.answer(turn, question, heard, sttMs);
  }

  private async answer(
    turn: OpenTurn,
    question: RecordedQuestion,
    heard: Heard,
    sttMs: number,
  ): Promise<FinishedTurn> {
    const { language, text, limits: heardLimits } = heard.transcript;
    const transcript = heardOf(question, heard);
    const { prompt, cut } = promptOf(text, transcript.durationMs);
    const mine = { ...question.fields, operationId: turn.operation.operationId };
    await this.order.assertNewest(mine);
    const request = askedRequest(question, prompt, language);
    const [{ outcome, credits }, brainMs] = await this.timed(() => this.stages.think(turn, request)).catch(
      (error: unknown) => {
        throw withTranscript(error, transcript);
      },
    );
    await this.order.assertNewest(mine);
    const [speech, ttsMs] = await this.timed(() => this.speak(turn, question, outcome.text, language));
    const limits = [...heardLimits, ...outcome.limits, ...(cut ? [CUT] : [])];
    const costUsd = sumUsd([heard.costUsd, outcome.costUsd, speech.costMicroUsd / MICROS_PER_USD]);
    return {
      request,
      outcome: { ...outcome, limits, costUsd },
      credits: worthOf(turn, { transcription: heard.credits, answer: credits, speech: speech.credits }),
      transcript,
      stages: { audioMs: question.audioMs, sttMs, brainMs, ttsMs: speech === NO_SPEECH_ASKED ? 0 : ttsMs },
      ...speech.said,
    };
  }

  /** Whatever goes wrong, the text is there: only a caller who left ends the turn. */
  private async speak(
    turn: OpenTurn,
    { fields }: SpokenQuestion,
    answer: string,
    language: string,
  ): Promise<Speech> {
    if (!fields.ttsResponse) return NO_SPEECH_ASKED;
    const { unspeakable, speech } = turn.bound;
    const { text, shortened } = spokenText(answer);
    if (unspeakable !== undefined) return silence(unspeakable);
    if (text === '') return silence('nothing_to_say');
    try {
      const made = await this.stages.say(turn, { text, language, voice: fields.voice });
      const { assetId, url, format, durationMs } = made.audio;
      const said = { audio: { assetId, url, format, durationMs, text, shortened } };
      return { said, credits: made.credits, costMicroUsd: Math.round(made.costUsd * MICROS_PER_USD) };
    } catch (error) {
      if (turn.signal.aborted) throw HttpErrors.UNAVAILABLE(null, { cause: error, retryAfterSeconds: 5 });
      if (error instanceof NoRoom) return silence('over_budget');
      return silence(unspokenFor(error), wasUnbilled(error) ? 0 : speech.maxCostMicroUsd);
    }
  }

  private async timed<T>(work: () => Promise<T>): Promise<[T, number]> {
    const startedAt = this.clock.now().getTime();
    const made = await work();
    return [made, this.clock.now().getTime() - startedAt];
  }
}

/** Hardly understood: the words are shown as a question, and nobody was asked. */
function askedBack(question: RecordedQuestion, heard: Heard, sttMs: number): FinishedTurn {
  const { text, language, limits } = heard.transcript;
  return {
    request: askedRequest(question, text, language),
    outcome: {
      text: `“${text}”?`,
      modelsUsed: [],
      usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
      costUsd: heard.costUsd,
      limits,
    },
    credits: heard.credits,
    transcript: heardOf(question, heard),
    stages: { audioMs: question.audioMs, sttMs, brainMs: 0, ttsMs: 0 },
    needsConfirmation: true,
  };
}

function heardOf({ recording }: RecordedQuestion, { transcript }: Heard): HeardView {
  const { text, language, confidence } = transcript;
  return { text, language, confidence, durationMs: recording.durationMs };
}

function silence(reason: UnspokenReason, costMicroUsd = 0): Speech {
  return { said: { noAudio: unspoken(reason) }, credits: 0, costMicroUsd };
}

/** No stage is charged for more than was held for it, however long the speech became. */
function worthOf({ bound }: OpenTurn, made: Readonly<Record<keyof StageBounds, number>>): number {
  const { transcription, answer, speech } = bound;
  return voiceCredits({
    transcription: Math.min(made.transcription, transcription.credits),
    answer: Math.min(made.answer, answer.credits),
    speech: Math.min(made.speech, speech.credits),
  });
}

/** In whole micro-USD, so that sums do not drift. */
function sumUsd(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum + Math.round(part * MICROS_PER_USD), 0) / MICROS_PER_USD;
}
