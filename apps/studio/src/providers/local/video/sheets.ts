import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { composeLayers } from '../images/compose.js';
import { darken } from '../images/colour.js';
import type { SafeArea } from '../images/layout-rules.js';
import type { Palette } from '../images/palette.js';
import type { Brief } from '../images/prompt/brief.js';
import type { Shot } from './storyboard.js';

/** A film's picture size, in pixels. */
export interface FilmSize {
  readonly width: number;
  readonly height: number;
}

/** A sheet and how much of the camera's move it takes part in. */
export interface Sheet {
  readonly canvas: Canvas;
  readonly depth: number;
}

/** What stands before the camera in one shot, from the back to the front. */
export interface ShotSheets {
  readonly sheets: readonly Sheet[];
  readonly brief: Brief;
  readonly palette: Palette;
  readonly limits: readonly string[];
}

/** Drawn larger than the film, so that a camera that goes near still sees sharp edges. */
const OVERSIZE = 1.22;

/** Rasters an SVG; the result keeps its transparency. */
export async function rasterised(svg: string, zoom = 1): Promise<Canvas> {
  const png = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: false },
  })
    .render()
    .asPng();
  return canvasOf(png);
}

async function canvasOf(encoded: Buffer): Promise<Canvas> {
  const image = await loadImage(encoded);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}

/** A caller's picture fills the frame; what does not fit is cut, nothing is stretched. */
async function photograph(bytes: Uint8Array, { width, height }: FilmSize): Promise<Canvas> {
  const png = await sharp(bytes, { limitInputPixels: 64_000_000 })
    .rotate()
    .resize(Math.round(width * OVERSIZE), Math.round(height * OVERSIZE), {
      fit: 'cover',
      position: 'attention',
    })
    .flatten({ background: darken('#444466', 0.4) })
    .png({ compressionLevel: 1 })
    .toBuffer();
  return canvasOf(png);
}

/** Paints what one shot shows. */
export async function sheetsOf(
  shot: Shot,
  size: FilmSize,
  {
    seed,
    images,
    safe,
  }: { readonly seed: number; readonly images: readonly Uint8Array[]; readonly safe: SafeArea },
): Promise<ShotSheets> {
  const layers = composeLayers({
    prompt: shot.prompt,
    ...size,
    seed,
    variantIndex: shot.variant,
    safe,
  });
  const { brief, palette, limits } = layers;
  const picture = shot.image === undefined ? undefined : images[shot.image];
  if (picture !== undefined)
    return { sheets: [{ canvas: await photograph(picture, size), depth: 1 }], brief, palette, limits: [] };
  const sheets = [
    { canvas: await rasterised(layers.behind, OVERSIZE), depth: 0.62 },
    { canvas: await rasterised(layers.subjects, OVERSIZE), depth: 1 },
    { canvas: await rasterised(layers.front, OVERSIZE), depth: 1.3 },
  ];
  return { sheets, brief, palette, limits };
}
