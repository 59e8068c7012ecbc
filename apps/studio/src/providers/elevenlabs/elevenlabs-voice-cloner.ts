import { ProviderFault } from '../provider-fault.js';
import { at, textAt } from '../vendor/json.js';
import type { VendorApi, VendorOptions } from '../vendor/vendor-api.js';
import { elevenLabsApi } from './elevenlabs-api.js';

/** A recording of the voice. */
export interface VoiceSample {
  readonly bytes: Buffer;
  readonly mimeType: string;
}

/** A voice at the vendor. */
export interface VendorVoice {
  readonly id: string;
  /** False: the vendor wants the speaker to be verified first, which only a person can do there. */
  readonly usable: boolean;
}

/** By this we find it again; the vendor searches descriptions. */
const descriptionOf = (modelId: string): string => `EventZR voice model ${modelId}`;

/** Makes, finds and removes instant clones of voices at ElevenLabs. */
export class ElevenLabsVoiceCloner {
  readonly name = 'elevenlabs';
  private readonly api: VendorApi;

  constructor(options: VendorOptions) {
    this.api = elevenLabsApi(options);
  }

  get configured(): boolean {
    return this.api.configured;
  }

  /** Has the voice made; the vendor keeps our model's id with it. @throws ProviderFault */
  async clone(
    { id: modelId, name }: { readonly id: string; readonly name: string },
    samples: readonly VoiceSample[],
    signal: AbortSignal,
  ): Promise<VendorVoice> {
    const form = new FormData();
    form.append('name', name);
    form.append('description', descriptionOf(modelId));
    samples.forEach(({ bytes, mimeType }, index) =>
      form.append('files', new Blob([new Uint8Array(bytes)], { type: mimeType }), `sample-${index + 1}`),
    );
    const call = { method: 'POST', path: '/v1/voices/add', body: form, purpose: 'work' } as const;
    const { json, status } = await this.api.call(call, signal);
    const id = textAt(json, 'voice_id');
    if (id === undefined) throw this.api.unreadable('the answer names no voice', 'work', status);
    return { id, usable: at(json, 'requires_verification') !== true };
  }

  /** The voice that was made for a model of ours, when its answer was lost; undefined: there is none. @throws ProviderFault */
  async find(modelId: string, signal: AbortSignal): Promise<VendorVoice | undefined> {
    const query = new URLSearchParams({ search: modelId, category: 'cloned', page_size: '100' });
    const call = { path: `/v2/voices?${query.toString()}`, purpose: 'look' } as const;
    const { json, status } = await this.api.call(call, signal);
    const voices = at(json, 'voices');
    if (!Array.isArray(voices)) throw this.api.unreadable('the answer lists no voices', 'look', status);
    const found: unknown = voices.find((each) => textAt(each, 'description') === descriptionOf(modelId));
    const id = textAt(found, 'voice_id');
    if (id === undefined) return undefined;
    const [required, verified] = [
      at(found, 'voice_verification', 'requires_verification'),
      at(found, 'voice_verification', 'is_verified'),
    ];
    return { id, usable: required !== true || verified === true };
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
