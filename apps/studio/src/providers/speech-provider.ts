import { type MadeMedia, MediaProvider, type MediaRequest } from './media-provider.js';

export const AUDIO_FORMATS = ['mp3', 'wav', 'ogg', 'm4a'] as const;
export type AudioFormat = (typeof AUDIO_FORMATS)[number];

/** A voice that a provider speaks with. `language` is a BCP 47 tag. */
export interface Voice {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly gender?: 'female' | 'male' | 'neutral';
  readonly kind: 'standard' | 'neural' | 'cloned';
  readonly provider: string;
}

/** One text to be spoken. `speed` 1 is natural. */
export interface SpeechRequest extends MediaRequest {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** One of the provider's `voices`, or the vendor's name of a cloned voice. */
  readonly voice: string;
  readonly format: AudioFormat;
  readonly speed: number;
}

/** Spoken text. `words`: when each word is said, in milliseconds, where the provider tells. */
export interface MadeSpeech extends MadeMedia {
  readonly durationMs: number;
  readonly words?: readonly { readonly word: string; readonly startMs: number; readonly endMs: number }[];
}

/** Speaks texts. */
export abstract class SpeechProvider extends MediaProvider<SpeechRequest, MadeSpeech> {
  abstract voices(): readonly Voice[];
}
