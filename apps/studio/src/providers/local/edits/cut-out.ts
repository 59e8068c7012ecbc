import sharp, { type Sharp } from 'sharp';
import { grabCut } from './grab-cut.js';
import { guided, type Plane } from './guided-filter.js';
import { coverage, hollowShare, type Mask, tally, tidied } from './masks.js';
import { beforePlainBackground } from './plain-background.js';
import { parting, type Saliency, saliency } from './saliency.js';
import { flatRaster, luminance, ofRaster, opened, type Raster } from './raster.js';

/** Subjects are found in a small picture; their edges are followed in a larger one. */
const FIND_LONGEST = 384;
const EDGE_LONGEST = 1_280;
const RESULT_LONGEST = 4_096;
const SMOOTHNESS = 2e-4;
/** Rules know no objects: nothing of it is certain. */
const MOST_TRUST = 0.9;
const DOUBTFUL = 0.68;
const DOUBT = 'the subject is hard to tell from this background: look at the result before you use it';
/** Less or more of the picture than this is not a subject. */
const PLAUSIBLE = { least: 0.01, most: 0.97 };

/** The subject on transparent ground; null when none could be told from its background. */
export async function cutOut(source: Uint8Array): Promise<{ image: Sharp; limits: string[] } | null> {
  const small = await flatRaster(opened(source), FIND_LONGEST);
  const plain = beforePlainBackground(small);
  const out = saliency(small);
  const mask = plain === undefined ? tidied(await grabCut(small, out), out.unlike) : tidied(plain);
  const share = coverage(mask);
  if (share < PLAUSIBLE.least || share > PLAUSIBLE.most) return null;
  const full = await flatRaster(opened(source), RESULT_LONGEST);
  const alpha = await alphaOf(mask, await flatRaster(opened(source), EDGE_LONGEST), full);
  const image = ofRaster(withAlpha(full, alpha));
  return { image, limits: limitsOf(plain === undefined ? confidenceIn(mask, out) : undefined) };
}

/** Trust in a cut along colours and edges: whether it kept to what stands out, and whether it is hollow. 0-1; a guess. */
function confidenceIn(mask: Mask, out: Saliency): number {
  const line = parting(out.data);
  const standsOut = (at: number): boolean => (out.data[at] ?? 0) > line;
  const both = tally(mask, (own, at) => own && standsOut(at));
  const either = tally(mask, (own, at) => own || standsOut(at));
  const whole = 1 - Math.min(0.8, hollowShare(mask));
  return Math.max(0.05, (MOST_TRUST * whole * both) / Math.max(1, either));
}

function limitsOf(confidence: number | undefined): string[] {
  if (confidence === undefined)
    return ['a basic cut-out by a plain background: hair and glass come out rough'];
  const told = `a basic cut-out by colours and edges, confidence ${confidence.toFixed(2)} of 1: hair, glass and busy backgrounds come out rough`;
  return confidence < DOUBTFUL ? [told, DOUBT] : [told];
}

/** The mask at full size, its edge laid along the edges of the picture. */
async function alphaOf(mask: Mask, edges: Raster, { width, height }: Raster): Promise<Buffer> {
  const rough = await sized(Buffer.from(mask.data), mask, edges);
  const plane = (value: (at: number) => number): Plane => ({
    data: Float32Array.from({ length: edges.width * edges.height }, (_, at) => value(at)),
    width: edges.width,
    height: edges.height,
  });
  const guide = plane((at) => lightAt(edges, at) / 255);
  const radius = Math.max(2, Math.round(Math.max(edges.width, edges.height) / 220));
  const fine = guided(
    plane((at) => (rough[at] ?? 0) / 255),
    guide,
    radius,
    SMOOTHNESS,
  );
  // A little inside the edge, so that no rim of the old background stays.
  const crisp = Buffer.from(fine.data.map((value) => Math.max(0, Math.min(1, (value - 0.3) / 0.5)) * 255));
  return sized(crisp, edges, { width, height });
}

function sized(
  plane: Buffer,
  from: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
): Promise<Buffer> {
  return sharp(plane, { raw: { width: from.width, height: from.height, channels: 1 } })
    .resize(to.width, to.height, { kernel: 'cubic', fit: 'fill' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer();
}

function lightAt({ data }: Raster, at: number): number {
  return luminance(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0);
}

function withAlpha({ data, width, height }: Raster, alpha: Buffer): Raster {
  const pixels = Buffer.alloc(width * height * 4);
  for (let at = 0; at < alpha.length; at++) {
    data.copy(pixels, at * 4, at * 3, at * 3 + 3);
    pixels[at * 4 + 3] = alpha[at] ?? 0;
  }
  return { data: pixels, width, height, channels: 4 };
}
