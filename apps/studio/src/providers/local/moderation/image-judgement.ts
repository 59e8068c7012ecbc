import { load, type NSFWJS } from 'nsfwjs/core';
import { MobileNetV2Model } from 'nsfwjs/models/mobilenet_v2';
import * as tf from '@tensorflow/tfjs';
import sharp from 'sharp';

/** Probabilities, 0-1, of what a picture shows. */
export interface ImageJudgement {
  readonly porn: number;
  readonly hentai: number;
  readonly sexy: number;
}

/** What the network was trained on. */
const SIDE = 224;

let network: Promise<{ readonly model: NSFWJS }> | undefined;

/** The network is loaded once in a process, from its package: nothing is fetched. */
async function loaded(): Promise<NSFWJS> {
  network ??= (async () => {
    await tf.setBackend('cpu');
    return { model: await load('MobileNetV2', { modelDefinitions: [MobileNetV2Model] }) };
  })();
  return (await network).model;
}

/** CPU-bound: about a second, two more for the first picture of a thread. */
export async function judgeImage({ bytes }: { readonly bytes: Uint8Array }): Promise<ImageJudgement> {
  const model = await loaded();
  const data = await sharp(bytes, { limitInputPixels: 50_000_000 })
    .flatten({ background: '#ffffff' })
    .resize(SIDE, SIDE, { fit: 'fill' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
  const pixels = tf.tensor3d(Int32Array.from(data), [SIDE, SIDE, 3], 'int32');
  try {
    const found = await model.classify(pixels);
    const of = (name: string): number => found.find(({ className }) => className === name)?.probability ?? 0;
    return { porn: of('Porn'), hentai: of('Hentai'), sexy: of('Sexy') };
  } finally {
    pixels.dispose();
  }
}
