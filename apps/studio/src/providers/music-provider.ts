import { type MadeMedia, MediaProvider, type MediaRequest } from './media-provider.js';

/** One track to be made. */
export interface MusicRequest extends MediaRequest {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly genre?: string;
  readonly mood?: string;
  readonly instrumental: boolean;
  readonly format: 'mp3' | 'wav' | 'ogg' | 'm4a';
}

export interface MadeMusic extends MadeMedia {
  readonly durationMs: number;
  readonly title?: string;
  /** The composition as a Standard MIDI File, where the provider writes one. */
  readonly midi?: Buffer;
}

/** Makes music from prompts. */
export abstract class MusicProvider extends MediaProvider<MusicRequest, MadeMusic> {}
