import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { ElevenLabsVoiceCloner, type VendorVoice } from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { type VoiceModel, VoiceModelsRepository, type VoicePointer } from './voice-models.repository.js';
import { VoiceNews } from './voice-news.js';

/** Longer than the vendor's call may take: who is silent for so long works no more. */
export const SILENT_AFTER_MS = 3 * 60_000;
/** After an answer that says nothing; the vendor's list may lag behind its work. */
export const UNCLEAR_LOOK_MS = 60_000;
/** After which a voice that a lost call left at the vendor would have shown. */
export const LAST_LOOK_MS = 10 * 60_000;
const REMOVE_TIMEOUT_MS = 30_000;

/** What becomes of a voice that is being made. No voice stays at the vendor that no model stands for. */
@Injectable()
export class VoiceOutcome {
  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly news: VoiceNews,
    private readonly clock: Clock,
  ) {}

  /** Takes a pending model for its training; null: somebody has it, or it is gone. */
  begin({ tenantId, id }: VoicePointer): Promise<VoiceModel | null> {
    const change = { state: 'training', lookAt: this.later(SILENT_AFTER_MS) };
    return this.db.withTenant(async (tx) => {
      const taken = await this.models.change(tx, id, 'pending', change);
      return taken ? this.models.find(tx, id) : null;
    }, tenantId);
  }

  /** The vendor has the voice: it is ready, or nobody wants it any more and it is removed there. @throws ProviderFault */
  async made(model: VoiceModel, voice: VendorVoice): Promise<void> {
    if (!voice.usable) {
      await this.removeAtVendor(voice.id);
      return this.failed(model);
    }
    if (await this.ready(model, voice.id)) return;
    const now = await this.db.withTenant((tx) => this.models.findAny(tx, model.id), model.tenantId);
    if (now?.vendorVoiceId !== voice.id) await this.removeAtVendor(voice.id);
  }

  /** @param lastLookMs when the vendor is to be asked once more whether it made the voice after all */
  async failed({ tenantId, id }: VoiceModel, lastLookMs?: number): Promise<void> {
    const errorCode = StudioErrors.AUDIO_PROVIDER_ERROR.entry.code;
    const lookAt = lastLookMs === undefined ? null : this.later(lastLookMs);
    await this.db.withTenant(
      (tx) => this.models.change(tx, id, 'training', { state: 'failed', errorCode, lookAt }),
      tenantId,
    );
  }

  /** Leaves the model as it is; somebody looks after it in so many milliseconds, or, undefined, nobody needs to. */
  async lookAgain({ tenantId, id, state }: VoiceModel, afterMs: number | undefined): Promise<void> {
    const lookAt = afterMs === undefined ? null : this.later(afterMs);
    await this.db.withTenant((tx) => this.models.change(tx, id, state, { lookAt }), tenantId);
  }

  /** @throws ProviderFault */
  removeAtVendor(vendorVoiceId: string): Promise<void> {
    return this.cloner.remove(vendorVoiceId, AbortSignal.timeout(REMOVE_TIMEOUT_MS));
  }

  later(afterMs: number): Date {
    return new Date(this.clock.now().getTime() + afterMs);
  }

  private ready(model: VoiceModel, vendorVoiceId: string): Promise<boolean> {
    const change = { state: 'ready', vendorVoiceId, readyAt: this.clock.now(), lookAt: null };
    return this.db.withTenant(async (tx) => {
      const won = await this.models.change(tx, model.id, 'training', change);
      if (won) await this.news.tell(tx, 'ready', model);
      return won;
    }, model.tenantId);
  }
}
