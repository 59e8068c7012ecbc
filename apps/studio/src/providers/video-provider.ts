import { type MadeMedia, MediaProvider, type MediaRequest } from './media-provider.js';

export const VIDEO_RESOLUTIONS = ['480p', '720p', '1080p'] as const;
export type VideoResolution = (typeof VIDEO_RESOLUTIONS)[number];
export const VIDEO_ASPECTS = ['16:9', '9:16', '1:1'] as const;
export type VideoAspect = (typeof VIDEO_ASPECTS)[number];

/** One film to be made. */
export interface VideoRequest extends MediaRequest {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly resolution: VideoResolution;
  readonly aspect: VideoAspect;
  readonly quality: 'standard' | 'high';
  /** Checked pictures that the film shows, in order. */
  readonly images: readonly Buffer[];
  /** Spoken over the film; absent: no voice. */
  readonly voiceover?: string;
  /** True: music under it. */
  readonly music: boolean;
}

/** A finished film with its poster frame. */
export interface MadeVideo extends MadeMedia {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  /** A picture of it, where the provider has one. */
  readonly poster?: Buffer;
}

/** Makes films from prompts. */
export abstract class VideoProvider extends MediaProvider<VideoRequest, MadeVideo> {}
