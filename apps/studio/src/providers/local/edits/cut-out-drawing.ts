import { Resvg } from '@resvg/resvg-js';
import sharp, { type Sharp } from 'sharp';
import type { Drawing } from '../../image-edit-provider.js';
import { compose, composeLayers } from '../images/compose.js';
import { flatRaster, opened } from './raster.js';

const COMPARED_LONGEST = 256;
/** Mean difference per channel, 0-255, where the subjects are: encodings stay below 4, another picture is above 20. */
const SAME_PICTURE = 9;
const OPAQUE = 128;
const LIMIT = 'a picture of the local composer: its subjects as they were drawn, without their surroundings';

/** The subjects' own sheet of a drawing; undefined when the picture looks otherwise, or nothing stands in it. */
export async function cutOutDrawing(
  source: Uint8Array,
  drawing: Drawing | undefined,
): Promise<{ image: Sharp; limits: string[] } | undefined> {
  if (drawing === undefined || compose(drawing).style !== 'flat') return undefined;
  const { subjects, behind } = composeLayers(drawing);
  const sheet = drawn(subjects, drawing);
  const whole = await sharp(drawn(behind, drawing))
    .composite([{ input: sheet }])
    .png()
    .toBuffer();
  return (await shows(source, whole, sheet)) ? { image: sharp(sheet), limits: [LIMIT] } : undefined;
}

function drawn(svg: string, { width }: Drawing): Buffer {
  const fitTo = { mode: 'width', value: width } as const;
  return new Resvg(svg, { fitTo, font: { loadSystemFonts: false } }).render().asPng();
}

/** Whether the picture looks like the drawing where its subjects are. */
async function shows(source: Uint8Array, whole: Buffer, sheet: Buffer): Promise<boolean> {
  const small = (bytes: Uint8Array) => flatRaster(opened(bytes), COMPARED_LONGEST);
  const [own, other] = [await small(source), await small(whole)];
  if (own.width !== other.width || own.height !== other.height) return false;
  const size = { width: own.width, height: own.height, fit: 'fill' } as const;
  const alpha = await sharp(sheet).extractChannel('alpha').resize(size).raw().toBuffer();
  let [difference, pixels] = [0, 0];
  for (const [at, value] of alpha.entries()) {
    if (value < OPAQUE) continue;
    pixels += 1;
    for (let channel = 0; channel < 3; channel++)
      difference += Math.abs((own.data[at * 3 + channel] ?? 0) - (other.data[at * 3 + channel] ?? 0));
  }
  return pixels > 0 && difference / (pixels * 3) < SAME_PICTURE;
}
