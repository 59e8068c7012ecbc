import type { Sharp } from 'sharp';
import type { ImageEdit } from '../../image-edit-provider.js';
import type { ImageFormat } from '../../image-provider.js';
import { cutOut } from './cut-out.js';
import { cutOutDrawing } from './cut-out-drawing.js';
import { flatRaster, ofRaster, opened, type Raster } from './raster.js';
import { cropped, LONGEST_SIDE, resized, upscaled } from './sized.js';
import { STYLED_LONGEST, styled } from './styled.js';
import { colourised, enhanced, filtered, filterOf } from './toned.js';
import { varied } from './variation.js';

/** An edit to be made; plain data, so that it can cross to an engine’s process. */
export interface EditJob {
  readonly source: Uint8Array;
  readonly edit: ImageEdit;
  readonly format: ImageFormat;
  readonly seed: number;
}

export interface Edited {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly limits: string[];
}

interface Made {
  readonly image: Sharp;
  readonly limits: string[];
}

const TINT = /^#[0-9a-f]{6}$/i;

/** Makes one edit; null when no subject could be told from its background. CPU-bound: 0.05-3 s. */
export async function editImage(job: EditJob): Promise<Edited | null> {
  const done = await made(job);
  if (done === null) return null;
  const { image, limits } = done;
  const { data, info } = await encode(image, job.format).toBuffer({ resolveWithObject: true });
  return { bytes: data, width: info.width, height: info.height, limits };
}

async function made({ source, edit, seed }: EditJob): Promise<Made | null> {
  if (edit.kind === 'remove-background') return (await cutOutDrawing(source, edit.drawing)) ?? cutOut(source);
  if (edit.kind === 'variation') {
    const limits = [
      'a local variation: another cut, colours and hand of the same picture; nothing new is drawn',
    ];
    if (edit.prompt !== undefined) limits.push('the prompt was not used');
    return { image: ofRaster(await varied(source, { seed, ...edit })), limits };
  }
  return transformed(source, edit, seed);
}

async function transformed(
  source: Uint8Array,
  edit: Extract<ImageEdit, { kind: 'transform' }>,
  seed: number,
): Promise<Made> {
  const { style, strength } = edit;
  const pixels = (longest: number): Promise<Raster> => flatRaster(opened(source), longest);
  switch (edit.transformation) {
    case 'resize':
      return { image: resized(source, edit), limits: ['resampled; nothing was drawn anew'] };
    case 'crop':
      return {
        image: await cropped(source, edit),
        limits: ['cut to where contrast and colour draw the eye'],
      };
    case 'upscale':
      return {
        image: await upscaled(source, edit),
        limits: ['interpolated and sharpened: no detail was added'],
      };
    case 'filter':
      return {
        image: ofRaster(await filtered(await pixels(LONGEST_SIDE), filterOf(style) ?? 'vivid', strength)),
        limits: ['a colour filter'],
      };
    case 'enhance':
      return {
        image: ofRaster(await enhanced(await pixels(LONGEST_SIDE), strength)),
        limits: ['contrast, noise and sharpness by rule: no detail was restored'],
      };
    case 'colorize':
      return {
        image: ofRaster(
          colourised(await pixels(2_048), strength, TINT.test(style ?? '') ? style : undefined),
        ),
        limits: ['tones chosen by brightness and place: the true colours are not known'],
      };
    case 'style-transfer': {
      const wish = { style, reference: edit.styleReference, seed };
      const hand =
        wish.reference === undefined ? 'a painting rule' : 'the colours of the reference, not its brush';
      return {
        image: ofRaster(await styled(await pixels(STYLED_LONGEST), wish, strength)),
        limits: [`${hand}, at most ${STYLED_LONGEST} pixels wide or high`],
      };
    }
  }
}

function encode(image: Sharp, format: ImageFormat): Sharp {
  if (format === 'jpeg') return image.flatten({ background: '#ffffff' }).jpeg({ quality: 90 });
  return format === 'webp' ? image.webp({ quality: 90, effort: 3 }) : image.png({ compressionLevel: 5 });
}
