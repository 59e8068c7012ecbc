import { cutText } from '../cut-text.js';
import { inputJpeg } from '../vendor/input-picture.js';
import type { VideoRequest, VideoResolution } from '../video-provider.js';

const LONGEST_PROMPT = 6_000;
/** Guide frames stand on a grid of 24 positions a second. */
const GRID_PER_SECOND = 24;
/** The vendor takes 64; more than this would only weigh on the request. */
const MOST_PICTURES = 16;

const RESOLUTIONS: Readonly<Record<VideoResolution, string>> = {
  '480p': '540p',
  '720p': '720p',
  '1080p': '1080p',
};

function secondsOf({ durationSeconds }: VideoRequest): 5 | 10 {
  return durationSeconds <= 5 ? 5 : 10;
}

/** How the film falls short of what the caller wished. */
export function lumaLimits(request: VideoRequest): string[] {
  const { durationSeconds, resolution, prompt, images, voiceover, music } = request;
  const seconds = secondsOf(request);
  const limits = ['the vendor takes no seed: the film cannot be reproduced'];
  if (seconds !== durationSeconds)
    limits.push(`${seconds} s long instead of ${durationSeconds} s: the vendor makes 5 or 10 s`);
  if (RESOLUTIONS[resolution] !== resolution)
    limits.push(`made at ${RESOLUTIONS[resolution]}, the vendor offers no ${resolution}`);
  if (prompt.length > LONGEST_PROMPT)
    limits.push(`only ${LONGEST_PROMPT} characters of the prompt were used`);
  if (images.length > MOST_PICTURES) limits.push(`only the first ${MOST_PICTURES} pictures were used`);
  if (voiceover !== undefined) limits.push('the vendor speaks no voice-over');
  if (music) limits.push('the vendor plays no music');
  return limits;
}

/** Pictures in order, evenly over the film; a single one is its first frame. */
async function guideFrames(images: readonly Buffer[], seconds: number): Promise<Record<string, unknown>> {
  const shown = images.slice(0, MOST_PICTURES);
  if (shown.length === 0) return {};
  const keyframes = await Promise.all(
    shown.map(async (image) => ({
      data: (await inputJpeg(image)).toString('base64'),
      media_type: 'image/jpeg',
    })),
  );
  const step = shown.length === 1 ? 0 : (seconds * GRID_PER_SECOND) / (shown.length - 1);
  return { keyframes, keyframe_indexes: shown.map((_, index) => Math.round(index * step)) };
}

/** The body of `POST /generations`. */
export async function lumaBody(model: string, request: VideoRequest): Promise<Record<string, unknown>> {
  const seconds = secondsOf(request);
  return {
    model,
    type: 'video',
    prompt: cutText(request.prompt, LONGEST_PROMPT),
    aspect_ratio: request.aspect,
    video: {
      resolution: RESOLUTIONS[request.resolution],
      duration: `${seconds}s`,
      ...(await guideFrames(request.images, seconds)),
    },
  };
}
