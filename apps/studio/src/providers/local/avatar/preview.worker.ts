import sharp from 'sharp';
import { AvatarPainter } from './avatar-painter.js';
import { REST } from './mouth.js';
import type { Looks } from './presenters.js';

const SIZE = { width: 480, height: 270 };

/** A presenter at rest, as WebP. */
export default async function drawPreview(looks: Looks): Promise<Uint8Array> {
  const painter = new AvatarPainter({
    looks,
    mouths: [REST],
    background: 'studio',
    captions: [],
    size: SIZE,
    fps: 1,
    seed: 1,
  });
  const canvas = await painter.paint(0);
  return sharp(canvas.toBuffer('image/png')).webp({ quality: 86 }).toBuffer();
}
