import { MediaProvider, type MediaRequest } from './media-provider.js';
import type { MadeVideo } from './video-provider.js';

export const AVATAR_RESOLUTIONS = ['720p', '1080p', '4k'] as const;
export type AvatarResolution = (typeof AVATAR_RESOLUTIONS)[number];

/** Who speaks in the film. */
export interface Presenter {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  /** The voice that speaks a script without another wish. */
  readonly voice: string;
  /** A picture of the presenter, as a path of this service or the vendor's address. */
  readonly previewUrl?: string;
}

/** One film of somebody speaking: a script, or a recording whose lips are to be moved to. */
export interface AvatarRequest extends MediaRequest {
  readonly script?: string;
  /** Checked audio, and how long it is in milliseconds. */
  readonly audio?: { readonly bytes: Buffer; readonly mimeType: string; readonly durationMs: number };
  readonly presenter: string;
  readonly voice?: string;
  /** A colour (`#rrggbb`), a named setting, or a checked picture. */
  readonly background: string | Buffer;
  readonly resolution: AvatarResolution;
  /** True: the words are written under the picture while they are said, where the provider can. */
  readonly captions?: boolean;
}

/** Makes people speak. */
export abstract class AvatarProvider extends MediaProvider<AvatarRequest, MadeVideo> {
  abstract presenters(): readonly Presenter[];

  /** Whether its presenters can speak with this voice; a vendor whose voices are not listed here finds out itself. */
  speaksWith(_voice: string): boolean {
    return true;
  }
}
