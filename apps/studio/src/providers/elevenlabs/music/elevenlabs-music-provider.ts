import { cutText } from '../../cut-text.js';
import type { ProviderWork } from '../../media-provider.js';
import { type MadeMusic, MusicProvider, type MusicRequest } from '../../music-provider.js';
import { trackDurationMs } from '../../vendor/media-facts.js';
import type { VendorApi, VendorOptions } from '../../vendor/vendor-api.js';
import { elevenLabsApi } from '../elevenlabs-api.js';
import { fileTypeFromBuffer } from 'file-type';

/** `music_v1` is deprecated by its vendor. */
export const DEFAULT_ELEVENLABS_MUSIC_MODEL = 'music_v2_5';
/** A track is composed while we wait. */
const TIMEOUT_MS = 300_000;
/** The best MP3 that every plan may ask for: signing (C2PA) works on MP3 alone. */
const OUTPUT_FORMAT = 'mp3_44100_128';
const LONGEST_PROMPT = 4_100;
const LENGTH_MS = { least: 3_000, most: 600_000 };

export interface ElevenLabsMusicOptions extends VendorOptions {
  readonly model?: string;
}

/**
 * Music by ElevenLabs, whose answer is the track itself: https://elevenlabs.io/docs/api-reference/music/compose and
 * `BodyComposeMusicV1MusicPost` of `@elevenlabs/elevenlabs-js` 2.73.
 */
export class ElevenLabsMusicProvider extends MusicProvider {
  readonly name = 'elevenlabs';
  private readonly model: string;
  private readonly api: VendorApi;

  constructor({ model, timeoutMs = TIMEOUT_MS, ...vendor }: ElevenLabsMusicOptions) {
    super();
    this.model = model ?? DEFAULT_ELEVENLABS_MUSIC_MODEL;
    this.api = elevenLabsApi({ ...vendor, timeoutMs });
  }

  configured(): boolean {
    return this.api.configured;
  }

  models(): readonly string[] {
    return [this.model];
  }

  async generate(request: MusicRequest, { signal }: ProviderWork): Promise<MadeMusic> {
    const lengthMs = Math.min(LENGTH_MS.most, Math.max(LENGTH_MS.least, request.durationSeconds * 1_000));
    const body = {
      prompt: cutText(promptOf(request), LONGEST_PROMPT),
      music_length_ms: lengthMs,
      model_id: this.model,
      force_instrumental: request.instrumental,
      sign_with_c2pa: true,
    };
    const path = `/v1/music?output_format=${OUTPUT_FORMAT}`;
    const headers = { accept: 'audio/mpeg, application/json' };
    const call = { method: 'POST', path, body, headers, purpose: 'work' } as const;
    const { bytes, status } = await this.api.call(call, signal);
    const type = await fileTypeFromBuffer(bytes);
    if (type?.mime !== 'audio/mpeg') throw this.api.unreadable('the answer is no MP3', 'work', status);
    const durationMs = await trackDurationMs(this.name, bytes, type.mime);
    const made = { provider: this.name, model: this.model, seed: request.seed };
    return { bytes, mimeType: type.mime, durationMs, ...made, limits: limitsOf(request) };
  }
}

function promptOf({ prompt, genre, mood }: MusicRequest): string {
  return [prompt, genre, mood].filter((part) => part !== undefined && part !== '').join('. ');
}

function limitsOf(request: MusicRequest): string[] {
  const limits = ['the vendor takes no seed with a prompt: the track cannot be reproduced'];
  if (promptOf(request).length > LONGEST_PROMPT)
    limits.push(`only ${LONGEST_PROMPT} characters of the prompt were used`);
  if (request.format !== 'mp3') limits.push(`delivered as signed MP3, not ${request.format}`);
  return limits;
}
