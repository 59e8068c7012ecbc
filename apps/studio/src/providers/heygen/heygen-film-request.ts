import { fittedImage } from '../vendor/fitted-image.js';
import { inputJpeg } from '../vendor/input-picture.js';
import type { VideoAspect, VideoRequest, VideoResolution } from '../video-provider.js';

const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 15;
const MOST_REFERENCES = 9;
const LOSSY_QUALITY = 88;

type Size = readonly [width: number, height: number];
interface Frame {
  /** The vendor's name of the size class. */
  readonly resolution: '480p' | '768p' | '1080p';
  readonly size: Size;
}

/** Sizes in pixels: https://developers.heygen.com/docs/models/heygen-video#output. There is no square 1080p. */
const SQUARE: Frame = { resolution: '768p', size: [768, 768] };
const FRAMES: Readonly<Record<VideoResolution, Readonly<Record<VideoAspect, Frame>>>> = {
  '480p': {
    '16:9': { resolution: '480p', size: [832, 480] },
    '9:16': { resolution: '480p', size: [480, 832] },
    '1:1': { resolution: '480p', size: [480, 480] },
  },
  '720p': {
    '16:9': { resolution: '768p', size: [1344, 768] },
    '9:16': { resolution: '768p', size: [768, 1344] },
    '1:1': SQUARE,
  },
  '1080p': {
    '16:9': { resolution: '1080p', size: [1890, 1080] },
    '9:16': { resolution: '1080p', size: [1080, 1890] },
    '1:1': SQUARE,
  },
};

function frameOf({ resolution, aspect }: VideoRequest): Frame {
  return FRAMES[resolution][aspect];
}

function secondsOf({ durationSeconds }: VideoRequest): number {
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, Math.ceil(durationSeconds)));
}

/** How the film falls short of what the caller wished. */
export function heyGenFilmLimits(request: VideoRequest): string[] {
  const { durationSeconds, resolution, aspect, quality } = request;
  const [width, height] = frameOf(request).size;
  const seconds = secondsOf(request);
  const limits = [
    'the same seed gives a similar film, not the same one',
    `made at ${width}x${height}, what the vendor offers for ${aspect} at ${resolution}`,
  ];
  if (seconds !== durationSeconds)
    limits.push(
      `${seconds} s long instead of ${durationSeconds} s: the vendor makes ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} s`,
    );
  if (quality === 'high')
    limits.push('the vendor wrote the prompt out in more words before it made the film');
  return [...limits, ...pictureLimits(request), ...soundLimits(request)];
}

function pictureLimits({ images, aspect }: VideoRequest): string[] {
  if (images.length === 0) return [];
  if (images.length === 1) return [`the picture was cut to ${aspect}, the film begins with it`];
  const limits = ['the pictures guide what the film shows, they need not appear in it as they are'];
  if (images.length > MOST_REFERENCES) limits.push(`only the first ${MOST_REFERENCES} pictures were used`);
  return limits;
}

function soundLimits({ voiceover, music }: VideoRequest): string[] {
  const limits = ['the vendor always makes sounds of the scene, they cannot be switched off'];
  if (voiceover !== undefined)
    limits.push(
      'the voice-over is asked for in the prompt: the vendor may change its words or leave some out',
    );
  if (music) limits.push('the music is asked for in the prompt: the vendor may leave it out');
  return limits;
}

/** The vendor takes sound by description alone; words in quotation marks are spoken. */
function promptOf({ prompt, voiceover, music, images }: VideoRequest): string {
  const voice =
    voiceover === undefined
      ? 'There is no narrator.'
      : `A narrator who is not seen says: "${voiceover.replaceAll('"', '’')}"`;
  const tune = music ? 'Background music that suits the scene plays.' : 'There is no background music.';
  const named = images.slice(0, MOST_REFERENCES).map((_, index) => `<Picture ${index + 1}>`);
  const order = images.length > 1 ? [`Show in this order: ${named.join(', ')}.`] : [];
  return [prompt, ...order, voice, tune].join('\n\n');
}

function inline(picture: Buffer): object {
  return { type: 'base64', media_type: 'image/jpeg', data: picture.toString('base64') };
}

/** One picture is the first frame, and gives the film its proportions; several are references. */
async function picturesOf(request: VideoRequest): Promise<object> {
  const [first, ...others] = request.images;
  if (first === undefined) return { mode: 'text_to_video', aspect_ratio: request.aspect };
  if (others.length === 0) {
    const [width, height] = frameOf(request).size;
    const fit = { width, height, format: 'jpeg', lossyQuality: LOSSY_QUALITY } as const;
    return { mode: 'image_to_video', image: inline(await fittedImage('heygen', first, fit)) };
  }
  const shown = request.images.slice(0, MOST_REFERENCES);
  const reference_images = await Promise.all(shown.map(async (each) => inline(await inputJpeg(each))));
  return { mode: 'reference_to_video', aspect_ratio: request.aspect, reference_images };
}

/** The body of `POST /v3/models/videos`. The longest prompt and voice-over are well within its 16,000 characters. */
export async function heyGenFilmBody(model: string, request: VideoRequest): Promise<Record<string, unknown>> {
  return {
    model,
    prompt: promptOf(request),
    // `disabled` films the words as they are, which is what was judged and asked for.
    prompt_enhancement: request.quality === 'high' ? 'quality' : 'disabled',
    duration: secondsOf(request),
    resolution: frameOf(request).resolution,
    seed: request.seed,
    callback_id: request.idempotencyKey,
    ...(await picturesOf(request)),
  };
}
