import { Injectable } from '@nestjs/common';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { maySee } from '../visibility.js';
import { VoiceModelsRepository } from './voice-models.repository.js';

/** A voice that can be spoken with. */
export interface ClonedVoice {
  readonly name: string;
  readonly provider: string;
  readonly vendorVoiceId: string;
}

/** The voices that were made here, for those who may use them. */
@Injectable()
export class ClonedVoices {
  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
  ) {}

  /** @throws VOICE_MODEL_NOT_FOUND 404, VOICE_MODEL_NOT_READY 409 */
  async get(id: string): Promise<ClonedVoice> {
    const model = await this.db.withTenant((tx) => this.models.find(tx, id));
    if (model === null || !maySee(model)) throw StudioErrors.VOICE_MODEL_NOT_FOUND();
    const { name, provider, vendorVoiceId, state } = model;
    if (vendorVoiceId === null) throw StudioErrors.VOICE_MODEL_NOT_READY({ state });
    return { name, provider, vendorVoiceId };
  }

  /** By the vendor's id, which is all that a job keeps of its voice. @throws VOICE_MODEL_NOT_FOUND */
  async assertKept(vendorVoiceId: string): Promise<void> {
    const model = await this.db.withTenant((tx) => this.models.findByVendorId(tx, vendorVoiceId));
    if (model === null || !maySee(model)) throw StudioErrors.VOICE_MODEL_NOT_FOUND();
  }
}
