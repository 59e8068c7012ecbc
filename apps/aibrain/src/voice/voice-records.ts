import { Injectable } from '@nestjs/common';
import type { OpenOperation } from '@eventzr/wallet-client';
import type { AiBrainTx } from '../aibrain.db.js';
import { OrchestrationRecords } from '../orchestration/orchestration-records.js';
import { SpokenTurns } from './spoken-turns.js';
import { VoiceSpending } from './voice-spending.js';
import type { SpokenRecord, SpokenView, VoiceTurnView } from './voice-turn.dto.js';
import type { FinishedTurn } from './voice-turn.js';
import type { VoiceAnswer } from './voice.dto.js';

/** How the turn was paid. */
interface Paid {
  readonly operation: OpenOperation;
  readonly charged: number;
  readonly startedAt: Date;
}

/** Writes down a spoken turn and shows it to the caller, in the transaction that ends it. */
@Injectable()
export class VoiceRecords {
  constructor(
    private readonly records: OrchestrationRecords,
    private readonly spending: VoiceSpending,
    private readonly order: SpokenTurns,
  ) {}

  async write(
    tx: AiBrainTx,
    turn: FinishedTurn,
    { operation, charged, startedAt }: Paid,
  ): Promise<VoiceAnswer> {
    const { request, outcome, transcript, audio, noAudio, stages, needsConfirmation } = turn;
    const { operationId, credits: held } = operation;
    await this.order.end(tx, { ...request, operationId });
    await this.spending.forget(tx, operationId);
    const voice = keptOf(turn);
    const answer = await this.records.write(tx, {
      request,
      outcome,
      voice,
      startedAt,
      operationId,
      held,
      charged,
    });
    return {
      ...answer,
      transcript,
      ...(audio === undefined ? {} : { audio }),
      ...(noAudio === undefined ? {} : { noAudio }),
      stages,
      ...(needsConfirmation === true ? { needsConfirmation } : {}),
    };
  }
}

/** Without the link, which opens for a while only. */
function keptOf(turn: FinishedTurn): VoiceTurnView {
  const { request, transcript, audio, noAudio, stages, needsConfirmation } = turn;
  return {
    brainMode: request.mode,
    transcript,
    ...(audio === undefined ? {} : { audio: withoutLink(audio) }),
    ...(noAudio === undefined ? {} : { noAudio }),
    stages,
    ...(needsConfirmation === true ? { needsConfirmation } : {}),
  };
}

function withoutLink({ url: _link, ...kept }: SpokenView): SpokenRecord {
  return kept;
}
