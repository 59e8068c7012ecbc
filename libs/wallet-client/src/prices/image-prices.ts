import { assertCount, clamp } from './counts.js';

export interface ImagePriceRequest {
  readonly width: number;
  readonly height: number;
  /** The provider that will do the work, not the one that was asked for. */
  readonly provider: string;
  /** Default 1. */
  readonly variants?: number;
}

const SMALL_AREA = 512 * 512;
const MEDIUM_AREA = 1024 * 1024;
const PREMIUM_IMAGE_PROVIDERS: ReadonlySet<string> = new Set(['openai', 'ideogram']);

/** Price of new images and of image variations: by area and provider, each within 20-50, times the variants. */
export function imageCredits(request: ImagePriceRequest): number {
  const variants = request.variants ?? 1;
  assertCount('width', request.width, 1);
  assertCount('height', request.height, 1);
  assertCount('variants', variants, 1);
  const premium = PREMIUM_IMAGE_PROVIDERS.has(request.provider) ? 10 : 0;
  return clamp(areaCredits(request.width * request.height) + premium, 20, 50) * variants;
}

function areaCredits(area: number): number {
  if (area <= SMALL_AREA) return 20;
  return area <= MEDIUM_AREA ? 30 : 40;
}

export const IMAGE_TRANSFORM_CREDITS = 25;
export const BACKGROUND_REMOVAL_CREDITS = 25;

export type PosterContent = 'template' | 'ai-layout' | 'ai-layout-and-image';

const POSTER_CREDITS: Readonly<Record<PosterContent, number>> = {
  template: 15,
  'ai-layout': 25,
  'ai-layout-and-image': 40,
};

/** Price of one poster or invitation, whatever formats and sizes it is rendered in. */
export function posterCredits(content: PosterContent): number {
  return POSTER_CREDITS[content];
}

export type SlideContent = 'text' | 'image' | 'image-and-chart';

const SLIDE_CREDITS: Readonly<Record<SlideContent, number>> = { text: 25, image: 50, 'image-and-chart': 75 };

/** Price of a presentation: the sum of its slides. */
export function presentationCredits(slides: readonly SlideContent[]): number {
  return slides.reduce((sum, content) => sum + SLIDE_CREDITS[content], 0);
}
