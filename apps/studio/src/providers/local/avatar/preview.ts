import sharp from 'sharp';
import { AvatarPainter } from './avatar-painter.js';
import { REST } from './mouth.js';
import { type DrawnPresenter, PRESENTERS } from './presenters.js';

const SIZE = { width: 640, height: 360 };

const drawn = new Map<string, Promise<Buffer>>();

/** A picture of a presenter, as WebP; undefined when nobody has this id. Drawn once, 30 ms. */
export function presenterPreview(id: string): Promise<Buffer> | undefined {
  const presenter = PRESENTERS.find((each) => each.id === id);
  if (presenter === undefined) return undefined;
  const known = drawn.get(id) ?? draw(presenter);
  drawn.set(id, known);
  return known;
}

async function draw({ looks }: DrawnPresenter): Promise<Buffer> {
  const painter = new AvatarPainter({
    ...{ looks, mouths: [REST], background: 'studio', captions: [], size: SIZE, fps: 24, seed: 1 },
  });
  const canvas = await painter.paint(0);
  return sharp(canvas.toBuffer('image/png')).webp({ quality: 88 }).toBuffer();
}
