import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { currentContext, currentPrincipal } from '@eventzr/http';
import type { MultipartForm } from '@eventzr/http';
import type { Finished } from '@eventzr/idempotency';
import { Operations } from '@eventzr/idempotency';
import { Credits } from '@eventzr/wallet-client';
import type { AiBrainTx } from '../aibrain.db.js';
import { AiBrainErrors } from '../aibrain.errors.js';
import { AiBrainConfig } from '../config.js';
import { SpokenTurns } from './spoken-turns.js';
import type { AudioSource } from './studio-audio.js';
import { StudioAudio } from './studio-audio.js';
import { explainAudio } from './studio-faults.js';
import { VoiceBounds } from './voice-bounds.js';
import { VoiceRecords } from './voice-records.js';
import type { OpenTurn } from './voice-stages.js';
import type { FinishedTurn, RecordedQuestion } from './voice-turn.js';
import { VoiceTurn } from './voice-turn.js';
import type { VoiceAnswer, VoiceFields, VoiceRequest } from './voice.dto.js';
import { MOST_AUDIO_BYTES } from './voice.dto.js';

/** The operation's name in the price table and on the ledger. */
export const VOICE_OPERATION = 'voice.orchestrate';

/** A spoken question: taken in, bounded, held for, heard, answered, perhaps spoken, settled. */
@Injectable()
export class VoiceService {
  constructor(
    private readonly studio: StudioAudio,
    private readonly bounds: VoiceBounds,
    private readonly turns: VoiceTurn,
    private readonly records: VoiceRecords,
    private readonly order: SpokenTurns,
    private readonly credits: Credits,
    private readonly operations: Operations<AiBrainTx>,
    private readonly clock: Clock,
    private readonly config: AiBrainConfig,
  ) {}

  /**
   * @throws ZAR_TIER_REQUIRED 403, BUDGET_EXCEEDED 402, INSUFFICIENT_CREDITS 402 before anything is sent to a vendor;
   * what is wrong with the recording, and with everything given back what hearing and thinking throw
   */
  async orchestrate(
    request: VoiceRequest,
    form: MultipartForm<VoiceFields> | undefined,
  ): Promise<Finished<VoiceAnswer>> {
    const startedAt = this.clock.now();
    const fields = form === undefined ? request : form.fields;
    const source = sourceOf(request, form);
    if (fields.mode === 'zar' && currentPrincipal().tier === 'BASE') throw AiBrainErrors.ZAR_TIER_REQUIRED();
    await this.order.assertOpen(fields.conversationId);
    const signal = currentContext()?.signal ?? new AbortController().signal;
    const recording = await this.takeIn(source, signal);
    const audioMs = this.clock.now().getTime() - startedAt.getTime();
    const { operationId } = this.operations.current();
    const history = await this.order.begin({ operationId, conversationId: fields.conversationId });
    const question = { fields, history, recording, audioMs };
    const turn = await this.open(question, startedAt, signal);
    try {
      return await this.settle(turn, await this.turns.take(turn, question), startedAt);
    } catch (error) {
      await this.credits.release(turn.operation);
      throw error;
    }
  }

  private async takeIn(source: AudioSource, signal: AbortSignal) {
    const { operationId } = this.operations.current();
    return this.studio.takeIn(source, { operationId, signal }).catch((error: unknown) => {
      throw explainAudio(error);
    });
  }

  private async open(question: RecordedQuestion, startedAt: Date, signal: AbortSignal): Promise<OpenTurn> {
    const bound = await this.bounds.of(question, question.recording.durationMs);
    const { credits, ceilingMicroUsd } = bound;
    const deadline = new Date(startedAt.getTime() + this.config.voiceTimeoutMs);
    const operation = await this.credits.open({
      operation: VOICE_OPERATION,
      credits,
      deadline,
      ...(ceilingMicroUsd === undefined ? {} : { ceilingMicroUsd }),
    });
    return { operation, bound, deadline, signal };
  }

  private settle({ operation }: OpenTurn, turn: FinishedTurn, startedAt: Date) {
    const charged = Math.min(operation.credits, turn.credits);
    return this.operations.finish(async (tx) => {
      await this.credits.settle(tx, operation, { capture: charged });
      return this.records.write(tx, turn, { operation, charged, startedAt });
    });
  }
}

function sourceOf(
  { audioUrl, assetId }: VoiceRequest,
  form: MultipartForm<VoiceFields> | undefined,
): AudioSource {
  const file = form?.files[0];
  if (file !== undefined) {
    if (file.bytes > MOST_AUDIO_BYTES) throw AiBrainErrors.AUDIO_TOO_LARGE({ maxBytes: MOST_AUDIO_BYTES });
    return { file };
  }
  if (audioUrl !== undefined && assetId === undefined) return { audioUrl };
  if (assetId !== undefined && audioUrl === undefined) return { assetId };
  throw AiBrainErrors.INVALID_AUDIO_URL({ reason: 'exactly one source is needed' });
}
