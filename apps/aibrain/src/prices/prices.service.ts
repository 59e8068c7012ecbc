import { Injectable } from '@nestjs/common';
import { validated } from '@eventzr/http';
import { Credits, holdForCompletion, priceTable, ZAR_CREDITS } from '@eventzr/wallet-client';
import { AiBrainErrors } from '../aibrain.errors.js';
import { ConversationsService } from '../conversations/conversations.service.js';
import { Brain } from '../orchestration/brain.js';
import { OrchestrateRequest } from '../orchestration/orchestration.dto.js';
import { SINGLE_OPERATION } from '../orchestration/orchestration.service.js';
import type { AskedRequest } from '../orchestration/wishes.js';
import { wishOf } from '../orchestration/wishes.js';
import { Panels } from '../zar/panel.js';
import { ZarBounds } from '../zar/zar-bounds.js';
import { ZAR_OPERATION } from '../zar/zar.service.js';
import { VoiceBounds } from '../voice/voice-bounds.js';
import { EstimateVoice } from '../voice/voice.dto.js';
import { VOICE_OPERATION } from '../voice/voice.service.js';
import type { Estimate, EstimateRequest, PriceView } from '@eventzr/wallet-client';

/** What an operation takes at most. */
interface Priced {
  readonly lines: { readonly item: string; readonly credits: number }[];
  readonly maxMicroUsd: number;
}

const MICROS_PER_USD = 1_000_000;
const MS_PER_SECOND = 1_000;
const OPERATIONS: ReadonlySet<string> = new Set([SINGLE_OPERATION, ZAR_OPERATION, VOICE_OPERATION]);

/** What an operation will take, before it is asked for. */
@Injectable()
export class PricesService {
  constructor(
    private readonly brain: Brain,
    private readonly panels: Panels,
    private readonly bounds: ZarBounds,
    private readonly voices: VoiceBounds,
    private readonly conversations: ConversationsService,
    private readonly credits: Credits,
  ) {}

  list(): PriceView[] {
    return priceTable('aibrain').filter(({ operation }) => OPERATIONS.has(operation));
  }

  async estimate({ operation, request }: EstimateRequest): Promise<Estimate> {
    if (!OPERATIONS.has(operation)) throw AiBrainErrors.UNKNOWN_OPERATION({ operation });
    const { lines, maxMicroUsd } = await this.bound(operation, request);
    const credits = lines.reduce((sum, line) => sum + line.credits, 0);
    const { wallet, sufficient } = await this.credits.quote(credits);
    return { credits, maxCostUsd: maxMicroUsd / MICROS_PER_USD, lines, wallet, sufficient };
  }

  private bound(operation: string, request: object): Promise<Priced> {
    if (operation === VOICE_OPERATION) return this.voice(validated(EstimateVoice, request));
    return this.orchestration(operation, validated(OrchestrateRequest, request));
  }

  /** With all that was said before, as the request itself would be sent. */
  private async orchestration(operation: string, wanted: OrchestrateRequest): Promise<Priced> {
    const request = { ...wanted, history: await this.conversations.recall(wanted.conversationId) };
    return operation === ZAR_OPERATION ? this.zar(request) : this.single(request);
  }

  private async voice(fields: EstimateVoice): Promise<Priced> {
    const durationMs = fields.durationSeconds * MS_PER_SECOND;
    const history = await this.conversations.recall(fields.conversationId);
    const bound = await this.voices.costOf({ fields, history }, durationMs);
    const { transcription, answer, speech, maxCostMicroUsd: maxMicroUsd } = bound;
    const spoken = { item: 'the beginning of the answer spoken', credits: speech.credits };
    const lines = [
      {
        item: `a recording of up to ${fields.durationSeconds} s written down`,
        credits: transcription.credits,
      },
      { item: `the answer in mode ${fields.mode}`, credits: answer.credits },
      ...(speech.credits === 0 ? [] : [spoken]),
    ];
    return { lines, maxMicroUsd };
  }

  private async single(wanted: AskedRequest): Promise<Priced> {
    const { maxCostMicroUsd: maxMicroUsd } = await this.brain.bound(wishOf(wanted));
    const item = `one answer of up to ${wanted.maxTokens} tokens`;
    return { lines: [{ item, credits: holdForCompletion(wanted.maxTokens) }], maxMicroUsd };
  }

  private async zar(wanted: AskedRequest): Promise<Priced> {
    const panel = await this.panels.choose();
    const item = `three answers of up to ${wanted.maxTokens} tokens, compared`;
    const maxMicroUsd = await this.bounds.costOf(wishOf(wanted), panel);
    return { lines: [{ item, credits: ZAR_CREDITS }], maxMicroUsd };
  }
}
