import { ProviderFault } from '../provider-fault.js';
import { textAt } from '../vendor/json.js';
import type { VendorApi, VendorOptions } from '../vendor/vendor-api.js';
import { elevenLabsApi } from './elevenlabs-api.js';

/** A recording of the voice. */
export interface VoiceSample {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

/** Makes and removes instant clones of voices at ElevenLabs. */
export class ElevenLabsVoiceCloner {
  readonly name = 'elevenlabs';
  private readonly api: VendorApi;

  constructor(options: VendorOptions) {
    this.api = elevenLabsApi(options);
  }

  get configured(): boolean {
    return this.api.configured;
  }

  /** The vendor's id of the new voice. @throws ProviderFault */
  async clone(name: string, samples: readonly VoiceSample[], signal: AbortSignal): Promise<string> {
    const form = new FormData();
    form.append('name', name);
    samples.forEach(({ bytes, mimeType }, index) =>
      form.append('files', new Blob([new Uint8Array(bytes)], { type: mimeType }), `sample-${index + 1}`),
    );
    const call = { method: 'POST', path: '/v1/voices/add', body: form, purpose: 'work' } as const;
    const { json, status } = await this.api.call(call, signal);
    const id = textAt(json, 'voice_id');
    if (id === undefined) throw this.api.unreadable('the answer names no voice', 'work', status);
    return id;
  }

  /** Removes a voice; one that is gone already counts as removed. @throws ProviderFault */
  async remove(voiceId: string, signal: AbortSignal): Promise<void> {
    const path = `/v1/voices/${encodeURIComponent(voiceId)}`;
    try {
      await this.api.call({ method: 'DELETE', path, purpose: 'look' }, signal);
    } catch (error) {
      if (!(error instanceof ProviderFault) || error.status !== 404) throw error;
    }
  }
}
