import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import sharp from 'sharp';
import { composeLayers } from '../images/compose.js';
import { darken, lighten } from '../images/colour.js';
import { type FilmSize, rasterised } from '../video/sheets.js';
import { SETTING_PROMPTS } from './background-settings.js';

const SCENE_SEED = 7;
const BLUR_SHARE = 0.007;
/** A little larger than the frame, so that it can drift. */
const MARGIN = 1.04;

/** Paints what is behind a presenter: a `#rrggbb` colour, a named setting, or a picture, out of focus. */
export async function backgroundOf(background: string | Uint8Array, size: FilmSize): Promise<Canvas> {
  const large = { width: Math.round(size.width * MARGIN), height: Math.round(size.height * MARGIN) };
  if (typeof background !== 'string') return blurred(Buffer.from(background), large, BLUR_SHARE * 0.6);
  if (background.startsWith('#')) return lit(background, large);
  const prompt = SETTING_PROMPTS[background as keyof typeof SETTING_PROMPTS];
  if (prompt === undefined) return studio(large);
  const scene = composeLayers({ prompt, ...large, seed: SCENE_SEED, variantIndex: 0 });
  const drawn = await rasterised(scene.behind);
  return blurred(drawn.toBuffer('image/png'), large, BLUR_SHARE);
}

async function blurred(bytes: Buffer, { width, height }: FilmSize, share: number): Promise<Canvas> {
  const png = await sharp(bytes, { limitInputPixels: 64_000_000 })
    .rotate()
    .resize(width, height, { fit: 'cover', position: 'attention' })
    .flatten({ background: '#333844' })
    .blur(Math.max(0.5, width * share))
    .modulate({ brightness: 0.96, saturation: 0.9 })
    .png({ compressionLevel: 1 })
    .toBuffer();
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(await loadImage(png), 0, 0);
  return canvas;
}

/** A wall of one colour with light on it. */
function lit(colour: string, { width, height }: FilmSize): Canvas {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const light = context.createRadialGradient(
    width * 0.5,
    height * 0.38,
    height * 0.1,
    width * 0.5,
    height * 0.5,
    width * 0.7,
  );
  light.addColorStop(0, lighten(colour, 0.22));
  light.addColorStop(0.55, colour);
  light.addColorStop(1, darken(colour, 0.28));
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  return canvas;
}

/** A television studio: a dark wall with panels of light, out of focus. */
function studio(size: FilmSize): Canvas {
  const canvas = lit('#27406b', size);
  const context = canvas.getContext('2d');
  const { width, height } = size;
  context.filter = `blur(${Math.round(width * BLUR_SHARE)}px)`;
  const panels: readonly (readonly [number, number, number, string])[] = [
    [0.06, 0.1, 0.62, '#5fd0e6'],
    [0.17, 0.18, 0.5, '#7d8cf0'],
    [0.8, 0.18, 0.5, '#f08a6b'],
    [0.9, 0.1, 0.62, '#f5c15c'],
  ];
  for (const [x, top, tall, colour] of panels) {
    context.globalAlpha = 0.5;
    context.fillStyle = colour;
    context.fillRect(width * x, height * top, width * 0.045, height * tall);
  }
  context.globalAlpha = 0.4;
  context.fillStyle = '#0b1226';
  context.fillRect(0, height * 0.86, width, height * 0.2);
  return canvas;
}
