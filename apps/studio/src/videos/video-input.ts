import type { InputFile } from '../inputs/input-file.js';
import type { VideoAspect, VideoRequest, VideoResolution } from '../providers/video-provider.js';

/** The operation's name in the price table and on the ledger. */
export const VIDEO_OPERATION = 'videos.generate';

/** What a video job keeps of its request. */
export type VideoInput = {
  readonly prompt: string;
  readonly durationSeconds: number;
  readonly resolution: VideoResolution;
  readonly aspect: VideoAspect;
  readonly quality: VideoRequest['quality'];
  readonly images: InputFile[];
  readonly voiceover?: string;
  readonly music: boolean;
  readonly label?: boolean;
};
