import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import type { JobPayload } from '@eventzr/jobs';
import { JobHandler } from '@eventzr/jobs';
import {
  ElevenLabsVoiceCloner,
  type VendorVoice,
  type VoiceSample,
} from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import { ProviderFault } from '../providers/provider-fault.js';
import type { VoiceModel } from './voice-models.repository.js';
import { UNCLEAR_LOOK_MS, VoiceOutcome } from './voice-outcome.js';
import type { KeptRecording } from './voice-recordings.js';
import { VoiceRecordings } from './voice-recordings.js';

export const VOICE_TRAINING_TASK = 'train-voice-model';
export const trainingJobKey = (id: string) => `voice-model:${id}`;

/** The vendor said no, or never heard of it: there is nothing at the vendor. */
const NOT_MADE: ReadonlySet<string> = new Set([
  'rejected',
  'auth',
  'moderated',
  'rate_limited',
  'unavailable',
]);

/** Has a voice made from its samples. A vendor is asked once; when nobody knows what it did, `VoiceCare` asks it. */
@Injectable()
export class VoiceTraining extends JobHandler {
  readonly task = VOICE_TRAINING_TASK;

  constructor(
    private readonly outcome: VoiceOutcome,
    private readonly recordings: VoiceRecordings,
    private readonly cloner: ElevenLabsVoiceCloner,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(pointer: JobPayload, signal: AbortSignal): Promise<void> {
    const model = await this.outcome.begin(pointer);
    if (model === null) return;
    const voice = await this.ask(model, signal);
    if (voice !== undefined) await this.outcome.made(model, voice);
  }

  /** Undefined: there is no voice, or nobody knows. */
  private async ask(model: VoiceModel, signal: AbortSignal): Promise<VendorVoice | undefined> {
    const samples = await this.samples(model);
    if (samples === undefined) return undefined;
    try {
      return await this.cloner.clone(model, samples, signal);
    } catch (error) {
      this.logger.warn({ err: error, voiceModelId: model.id }, 'a voice could not be made');
      if (error instanceof ProviderFault && NOT_MADE.has(error.kind)) await this.outcome.failed(model);
      else await this.outcome.lookAgain(model, UNCLEAR_LOOK_MS);
      return undefined;
    }
  }

  private async samples(model: VoiceModel): Promise<VoiceSample[] | undefined> {
    try {
      const kept = model.samples as unknown as KeptRecording[]; // written by VoiceModelsService alone
      return await Promise.all(kept.map((sample) => this.recordings.read(sample)));
    } catch (error) {
      this.logger.error({ err: error, voiceModelId: model.id }, 'the samples of a voice cannot be read');
      await this.outcome.failed(model);
      return undefined;
    }
  }
}
