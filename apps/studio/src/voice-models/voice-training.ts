import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Outbox } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import type { JobPayload } from '@eventzr/jobs';
import { JobHandler } from '@eventzr/jobs';
import { ElevenLabsVoiceCloner } from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import { StudioDb } from '../studio.db.js';
import { StudioErrors } from '../studio.errors.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import type { VoiceModel } from './voice-models.repository.js';
import { VoiceModelsRepository } from './voice-models.repository.js';
import type { KeptRecording } from './voice-recordings.js';
import { VoiceRecordings } from './voice-recordings.js';

export const VOICE_TRAINING_TASK = 'train-voice-model';

/** Has a voice made from its samples. A vendor is asked once: a training whose end nobody saw has failed. */
@Injectable()
export class VoiceTraining extends JobHandler {
  readonly task = VOICE_TRAINING_TASK;

  constructor(
    private readonly db: StudioDb,
    private readonly models: VoiceModelsRepository,
    private readonly recordings: VoiceRecordings,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run({ tenantId, id }: JobPayload, signal: AbortSignal): Promise<void> {
    const model = await this.db.withTenant(async (tx) => {
      const taken = await this.models.change(tx, id, 'pending', { state: 'training' });
      return taken ? this.models.find(tx, id) : null;
    }, tenantId);
    if (model === null) return;
    try {
      const kept = model.samples as unknown as KeptRecording[]; // written by VoiceModelsService alone
      const samples = await Promise.all(kept.map((sample) => this.recordings.read(sample)));
      await this.ready(model, await this.cloner.clone(model.name, samples, signal));
    } catch (error) {
      this.logger.warn({ err: error, voiceModelId: id }, 'a voice could not be made');
      const change = { state: 'failed', errorCode: StudioErrors.AUDIO_PROVIDER_ERROR.entry.code };
      await this.db.withTenant((tx) => this.models.change(tx, id, 'training', change), tenantId);
    }
  }

  private async ready({ tenantId, id, userId, provider }: VoiceModel, vendorVoiceId: string): Promise<void> {
    const change = { state: 'ready', vendorVoiceId, readyAt: this.clock.now() };
    const won = await this.db.withTenant(async (tx) => {
      if (!(await this.models.change(tx, id, 'training', change))) return false;
      const data = { tenantId, userId, voiceModelId: id, provider };
      const type = 'eventzr.studio.voice-model.ready.v1';
      await this.outbox.append(tx, { type, aggregateId: id, tenantId, data });
      await this.webhooks.emit(tx, { tenantId, type: 'voice-model.ready', data });
      return true;
    }, tenantId);
    // It was deleted while the vendor worked: nobody could ever remove the voice there.
    if (!won) await this.cloner.remove(vendorVoiceId, new AbortController().signal);
  }
}
