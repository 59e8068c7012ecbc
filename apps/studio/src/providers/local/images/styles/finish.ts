import { Resvg } from '@resvg/resvg-js';
import sharp, { type Sharp } from 'sharp';
import { createRandom } from '../random.js';
import type { Style } from './styles.js';

/** Pixels as resvg gives them: RGBA, row by row. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

const open = ({ data, width, height }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: 64_000_000 }).removeAlpha();

const GRAIN_TILE = 256;

/** A tile of film grain of the given strength, made from the seed so that it is the same every time. */
function grain(side: number, strength: number, seed: number): Buffer {
  const random = createRandom(seed);
  const tile = Buffer.alloc(side * side * 4);
  for (let at = 0; at < tile.length; at += 4) {
    const value = random.next();
    tile.fill(value > 0.5 ? 255 : 0, at, at + 3);
    tile[at + 3] = Math.round(strength * 255 * Math.abs(value - 0.5) * 2);
  }
  return tile;
}

function grainy(image: Sharp, { width, height }: Pixels, strength: number, seed: number): Sharp {
  const side = Math.min(GRAIN_TILE, width, height);
  return image.composite([
    {
      input: grain(side, strength, seed),
      raw: { width: side, height: side, channels: 4 },
      tile: true,
      blend: 'over',
    },
  ]);
}

/** Short strokes in the colours of the picture, coarse first, following a slow swirl. */
function brushwork(pixels: Pixels, seed: number): string {
  const random = createRandom(seed);
  const { width, height, data } = pixels;
  const unit = Math.min(width, height);
  const parts: string[] = [];
  for (const [step, length, wide] of [
    [0.03, 0.07, 0.026],
    [0.013, 0.03, 0.0105],
    [0.0085, 0.0145, 0.0058],
  ] as const) {
    for (let y = 0; y < height; y += unit * step) {
      for (let x = 0; x < width; x += unit * step) {
        const px = Math.min(
          width - 1,
          Math.max(0, Math.round(x + random.between(-1, 1) * unit * step * 0.6)),
        );
        const py = Math.min(
          height - 1,
          Math.max(0, Math.round(y + random.between(-1, 1) * unit * step * 0.6)),
        );
        const at = (py * width + px) * 4;
        const shade = random.between(0.9, 1.1);
        const colour = [0, 1, 2]
          .map((channel) => Math.min(255, Math.round((data[at + channel] ?? 0) * shade)))
          .join(',');
        const angle = Math.sin((px / unit) * 3.1) * 1.3 + Math.cos((py / unit) * 2.7) * 1.1;
        const [dx, dy] = [Math.cos(angle) * unit * length * 0.5, Math.sin(angle) * unit * length * 0.5];
        parts.push(
          `<path d="M${(px - dx).toFixed(1)} ${(py - dy).toFixed(1)}L${(px + dx).toFixed(1)} ${(py + dy).toFixed(1)}" stroke="rgb(${colour})" stroke-width="${(unit * wide).toFixed(1)}"/>`,
        );
      }
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g stroke-linecap="round" opacity="0.78">${parts.join('')}</g></svg>`;
}

function painted(pixels: Pixels, seed: number): Sharp {
  const strokes = new Resvg(brushwork(pixels, seed), { font: { loadSystemFonts: false } }).render();
  return open(pixels)
    .composite([
      {
        input: strokes.pixels,
        raw: { width: strokes.width, height: strokes.height, channels: 4 },
        blend: 'over',
      },
    ])
    .modulate({ saturation: 1.2 });
}

/** Pencil: the grey picture divided by its own blurred negative leaves the edges. */
async function sketched(pixels: Pixels): Promise<Sharp> {
  const { width, height } = pixels;
  const grey = await open(pixels).greyscale().raw().toBuffer();
  const soft = await sharp(grey, { raw: { width, height, channels: 1 } })
    .negate()
    .blur(Math.max(0.8, Math.min(width, height) * 0.005))
    .raw()
    .toBuffer();
  const step = soft.length / (width * height);
  const lines = Buffer.alloc(width * height);
  for (let at = 0; at < lines.length; at++) {
    const value = grey[at] ?? 0;
    const dodge = Math.min(255, (value * 255) / Math.max(1, 255 - (soft[at * step] ?? 0)));
    lines[at] = Math.min(255, (dodge / 255) ** 1.6 * 175 + value * 0.3 + 8);
  }
  return sharp(lines, { raw: { width, height, channels: 1 } })
    .toColourspace('srgb')
    .tint({ r: 250, g: 246, b: 238 });
}

function posterised(pixels: Pixels): Sharp {
  const steps = 5;
  const data = Buffer.from(pixels.data);
  for (let at = 0; at < data.length; at++)
    if (at % 4 !== 3) data[at] = Math.round((Math.round(((data[at] ?? 0) / 255) * steps) / steps) * 255);
  return open({ ...pixels, data }).modulate({ saturation: 1.55 });
}

async function pixelated(pixels: Pixels): Promise<Sharp> {
  const { width, height } = pixels;
  const factor = Math.max(1, Math.min(width, height) / 84);
  const [columns, rows] = [Math.round(width / factor), Math.round(height / factor)];
  const small = await open(pixels)
    .resize(columns, rows, { kernel: 'mitchell', fit: 'fill' })
    .sharpen()
    .raw()
    .toBuffer();
  return sharp(small, { raw: { width: columns, height: rows, channels: 3 } }).resize(width, height, {
    kernel: 'nearest',
    fit: 'fill',
  });
}

const SEPIA: [[number, number, number], [number, number, number], [number, number, number]] = [
  [0.55, 0.38, 0.14],
  [0.3, 0.5, 0.14],
  [0.24, 0.3, 0.3],
];

/** What a style does to the finished pixels. */
export async function finish(style: Style, pixels: Pixels, seed: number): Promise<Sharp> {
  switch (style) {
    case 'realistic':
      return grainy(open(pixels).modulate({ saturation: 0.94 }), pixels, 0.05, seed);
    case 'artistic':
      return painted(pixels, seed);
    case 'anime':
      return open(pixels).modulate({ saturation: 1.32, brightness: 1.03 });
    case '3d-render':
      return open(pixels).modulate({ saturation: 1.08 });
    case 'watercolour':
      return grainy(open(pixels).median(3).modulate({ saturation: 0.9 }).linear(0.8, 50), pixels, 0.06, seed);
    case 'vintage':
      return grainy(open(pixels).recomb(SEPIA).linear(0.86, 22), pixels, 0.1, seed);
    case 'noir':
      return grainy(open(pixels).greyscale().linear(1.25, -26).toColourspace('srgb'), pixels, 0.11, seed);
    case 'sketch':
      return sketched(pixels);
    case 'pop-art':
      return posterised(pixels);
    case 'pixel-art':
      return pixelated(pixels);
    case 'neon':
      return open(pixels).modulate({ saturation: 1.5 });
    case 'flat':
    case 'minimal':
      return open(pixels);
  }
}
