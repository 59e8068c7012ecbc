import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '@eventzr/http';
import { ByteStore } from '@eventzr/storage';
import { MediaInputs } from '../inputs/media-inputs.js';
import type { VoiceSample } from '../providers/elevenlabs/elevenlabs-voice-cloner.js';
import type { RecordingSource } from './voice-models.dto.js';

/** A recording that is kept as long as its voice. */
export type KeptRecording = { readonly key: string; readonly mimeType: string };

/** The recordings of a voice: inputs are forgotten after a week, proof of consent is not. */
@Injectable()
export class VoiceRecordings {
  constructor(
    private readonly inputs: MediaInputs,
    private readonly store: ByteStore,
  ) {}

  /** All of them or none. @throws what `MediaInputs.take` throws */
  async keepAll(modelId: string, consent: RecordingSource, samples: readonly RecordingSource[]) {
    try {
      const recording = await this.keep(modelId, 'consent', consent);
      const kept: KeptRecording[] = [];
      for (const [index, sample] of samples.entries())
        kept.push(await this.keep(modelId, `sample-${index + 1}`, sample));
      return { recording, kept };
    } catch (error) {
      await this.clear(currentPrincipal().tenantId, modelId);
      throw error;
    }
  }

  private async keep(modelId: string, name: string, source: RecordingSource): Promise<KeptRecording> {
    const { tenantId } = currentPrincipal();
    const { id, mimeType } = await this.inputs.take(
      { url: source.audioUrl, assetId: source.assetId },
      'audio',
    );
    const key = `${folderOf(tenantId, modelId)}/${name}`;
    await this.store.put(key, await this.inputs.read(tenantId, id), { mimeType });
    return { key, mimeType };
  }

  async read({ key, mimeType }: KeptRecording): Promise<VoiceSample> {
    return { bytes: await buffer((await this.store.read(key)).stream), mimeType };
  }

  async clear(tenantId: string, modelId: string): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.store.list(folderOf(tenantId, modelId))) keys.push(key);
    for (const key of keys) await this.store.remove(key);
  }
}

function folderOf(tenantId: string, modelId: string): string {
  return `tenants/${tenantId}/voice-models/${modelId}`;
}
