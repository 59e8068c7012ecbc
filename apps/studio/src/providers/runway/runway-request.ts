import { cutText } from '../cut-text.js';
import { inputJpeg } from '../vendor/input-picture.js';
import type { VideoAspect, VideoRequest } from '../video-provider.js';

/** In UTF-16 code units, as the vendor counts. */
const LONGEST_PROMPT = 1_000;

/** What one model offers. Ratios are the vendor's, in pixels; the first is the one to fall back to. */
interface ModelOffer {
  readonly seconds: readonly number[];
  readonly fromText: Partial<Record<VideoAspect, string>>;
  readonly fromImage: Partial<Record<VideoAspect, string>>;
  /** Wider frames for requests of 1080p. */
  readonly fullHd?: Partial<Record<VideoAspect, string>>;
  readonly seeded: boolean;
}

const WIDE = { '16:9': '1280:720', '9:16': '720:1280' } as const;
const GEN: ModelOffer = {
  seconds: [2, 3, 4, 5, 6, 7, 8, 9, 10],
  fromText: WIDE,
  fromImage: { ...WIDE, '1:1': '960:960' },
  seeded: true,
};
const VEO: ModelOffer = {
  seconds: [4, 6, 8],
  fromText: WIDE,
  fromImage: WIDE,
  fullHd: { '16:9': '1920:1080', '9:16': '1080:1920' },
  seeded: false,
};

function offerOf(model: string): ModelOffer {
  return model.startsWith('veo') ? VEO : GEN;
}

/** What is asked of the vendor, and how it falls short of what the caller wished. */
export interface RunwayPlan {
  readonly ratio: string;
  readonly seconds: number;
  readonly promptText: string;
  readonly seed?: number;
  readonly limits: string[];
}

/** Fits a wish into what the model offers. */
export function runwayPlan(model: string, request: VideoRequest): RunwayPlan {
  const offer = offerOf(model);
  const { aspect, resolution, durationSeconds, prompt, images } = request;
  const ratios = images.length > 0 ? offer.fromImage : offer.fromText;
  const fullHd = resolution === '1080p' ? offer.fullHd?.[aspect] : undefined;
  const ratio = fullHd ?? ratios[aspect] ?? WIDE['16:9'];
  const longest = Math.max(...offer.seconds);
  const seconds = offer.seconds.find((each) => each >= durationSeconds) ?? longest;
  const limits = limitsOf(request, { offer, seconds, ratio, square: ratios[aspect] === undefined });
  const seed = offer.seeded ? request.seed : undefined;
  return { ratio, seconds, promptText: cutText(prompt, LONGEST_PROMPT), seed, limits };
}

function limitsOf(
  { aspect, resolution, durationSeconds, prompt, images, voiceover, music }: VideoRequest,
  made: { offer: ModelOffer; seconds: number; ratio: string; square: boolean },
): string[] {
  const size = made.ratio.replace(':', 'x');
  const limits = [
    made.offer.seeded
      ? 'the same seed gives a similar film, not the same one'
      : 'the vendor takes no seed: the film cannot be reproduced',
  ];
  if (made.square) limits.push(`the model makes no ${aspect} here, so the film is ${size}`);
  else if (resolution !== '720p' && !(resolution === '1080p' && made.offer.fullHd !== undefined))
    limits.push(`made at ${size}, the model offers no ${resolution}`);
  if (made.seconds !== durationSeconds)
    limits.push(`${made.seconds} s long instead of ${durationSeconds} s, as the model offers`);
  if (prompt.length > LONGEST_PROMPT)
    limits.push(`only ${LONGEST_PROMPT} characters of the prompt were used`);
  if (images.length > 1) limits.push('only the first picture was used, as the first frame');
  if (voiceover !== undefined) limits.push('the vendor speaks no voice-over');
  if (music) limits.push('the vendor plays no music');
  return limits;
}

/** The body of `POST /v1/text_to_video`, or with pictures of `POST /v1/image_to_video`. */
export async function runwayBody(model: string, request: VideoRequest): Promise<Record<string, unknown>> {
  const { ratio, seconds, promptText, seed } = runwayPlan(model, request);
  const [first] = request.images;
  const body = { model, promptText, ratio, duration: seconds, ...(seed === undefined ? {} : { seed }) };
  if (first === undefined) return body;
  const picture = (await inputJpeg(first)).toString('base64');
  return { ...body, promptImage: `data:image/jpeg;base64,${picture}` };
}
