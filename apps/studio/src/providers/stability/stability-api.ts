import { textAt } from '../vendor/json.js';
import { formOf } from '../vendor/form.js';
import { VendorApi, type VendorOptions } from '../vendor/vendor-api.js';

const BASE_URL = 'https://api.stability.ai';
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
/** Seeds end one below ours. */
const LARGEST_SEED = 4_294_967_294;

/** The vendor's presets, of which `style_preset` takes one: all others belong into the prompt. */
export const STABILITY_PRESETS: ReadonlySet<string> = new Set([
  'enhance', 'anime', 'photographic', 'digital-art', 'comic-book', 'fantasy-art', 'line-art', 'analog-film', 'neon-punk',
  'isometric', 'low-poly', 'origami', 'modeling-compound', 'cinematic', '3d-model', 'pixel-art', 'tile-texture',
]); // prettier-ignore

/**
 * Stability's API v2beta: multipart in, with `accept: application/json` base64 and a reason out.
 * https://platform.stability.ai/docs/api-reference (checked against clients of 2026; errors are `{ id, name, errors }`).
 */
export class StabilityApi {
  private readonly api: VendorApi;

  constructor({ apiKey, baseUrl = BASE_URL, timeoutMs = 120_000 }: VendorOptions) {
    this.api = new VendorApi({
      apiKey,
      baseUrl,
      timeoutMs,
      largestAnswerBytes: LARGEST_ANSWER_BYTES,
      credentials: (key) => ({ authorization: `Bearer ${key}` }),
      faults: {
        provider: 'stability',
        complaint: (body) => ({
          code: textAt(body, 'name') ?? '',
          message: textAt(body, 'errors', 0) ?? '',
        }),
        kind: (_status, { code }) => (code === 'content_moderation' ? 'moderated' : undefined),
      },
    });
  }

  get configured(): boolean {
    return this.api.configured;
  }

  /** The picture of one endpoint below `/v2beta/stable-image`. @throws ProviderFault */
  async picture(
    endpoint: string,
    fields: Parameters<typeof formOf>[0],
    signal: AbortSignal,
  ): Promise<Buffer> {
    const path = `/v2beta/stable-image/${endpoint}`;
    const { json, status } = await this.api.call(
      { method: 'POST', path, body: formOf(fields), purpose: 'work' },
      signal,
    );
    const reason = textAt(json, 'finish_reason');
    if (reason === 'CONTENT_FILTERED') throw this.api.fault('moderated', 'the picture was filtered');
    const base64 = textAt(json, 'image');
    if (base64 === undefined) throw this.api.unreadable('the answer holds no picture', 'work', status);
    return Buffer.from(base64, 'base64');
  }

  rejected(message: string): ReturnType<VendorApi['fault']> {
    return this.api.fault('rejected', message);
  }
}

export function stabilitySeed(seed: number): number {
  return Math.min(seed, LARGEST_SEED);
}
