import { Injectable } from '@nestjs/common';
import { JobQueue } from '@eventzr/jobs';
import { ElevenLabsVoiceCloner } from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import { StudioDb } from '../studio.db.js';
import {
  REMOVED,
  type VoiceModel,
  VoiceModelsRepository,
  type VoicePointer,
} from './voice-models.repository.js';
import { LAST_LOOK_MS, SILENT_AFTER_MS, UNCLEAR_LOOK_MS, VoiceOutcome } from './voice-outcome.js';
import { trainingJobKey, VOICE_TRAINING_TASK } from './voice-training.js';

const ASK_TIMEOUT_MS = 30_000;

/** Looks after one voice that nobody seems to work on. The vendor is never asked to make it twice. */
@Injectable()
export class VoiceCare {
  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly outcome: VoiceOutcome,
    private readonly queue: JobQueue,
  ) {}

  /** False: there is nothing to be done any more. @throws ProviderFault; it is looked at again later */
  async look({ tenantId, id }: VoicePointer): Promise<boolean> {
    const model = await this.db.withTenant((tx) => this.models.findAny(tx, id), tenantId);
    if (model === null || model.lookAt === null) return false;
    if (model.state === 'pending') return this.enqueue(model);
    // Before the vendor is asked: one that does not answer must not keep the others waiting.
    await this.outcome.lookAgain(model, UNCLEAR_LOOK_MS);
    const voice = await this.cloner.find(id, AbortSignal.timeout(ASK_TIMEOUT_MS));
    if (model.state === 'training' && voice !== undefined) await this.outcome.made(model, voice);
    else if (model.state === 'training') await this.outcome.failed(model, LAST_LOOK_MS);
    else await this.cleared(model, voice?.id);
    return true;
  }

  /** Its queue entry was lost; the claim decides who makes it. */
  private enqueue({ tenantId, id, state }: VoiceModel): Promise<boolean> {
    return this.db.withTenant(async (tx) => {
      const lookAt = this.outcome.later(SILENT_AFTER_MS);
      if (!(await this.models.change(tx, id, state, { lookAt }))) return false;
      await this.queue.enqueue(tx, VOICE_TRAINING_TASK, { tenantId, id }, { jobKey: trainingJobKey(id) });
      return true;
    }, tenantId);
  }

  /** Nobody wants what the vendor may have. */
  private async cleared(model: VoiceModel, vendorVoiceId: string | undefined): Promise<void> {
    const { tenantId, id, state } = model;
    if (vendorVoiceId !== undefined) await this.outcome.removeAtVendor(vendorVoiceId);
    if (state === REMOVED) await this.db.withTenant((tx) => this.models.forget(tx, id, state), tenantId);
    else await this.outcome.lookAgain(model, undefined);
  }
}
