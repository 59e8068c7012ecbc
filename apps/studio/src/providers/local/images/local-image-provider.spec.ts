import { afterAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { imageRequest, itIsAnImageProvider } from '../../image-provider.conformance.js';
import type { ImageRequest } from '../../image-provider.js';
import type { GeneratedImage } from '../../image-provider.js';
import { finished } from '../../media-provider.conformance.js';
import { CpuPool } from '../cpu-pool.js';
import { LocalImageProvider } from './local-image-provider.js';
import { STYLES } from './styles/styles.js';

const cpus = new CpuPool();
const local = new LocalImageProvider(cpus);
afterAll(() => cpus.close());

const make = (changes: Partial<ImageRequest>): Promise<GeneratedImage> =>
  finished(local, imageRequest({ width: 256, height: 256, ...changes }));
const pixels = async (bytes: Buffer): Promise<Buffer> =>
  sharp(bytes).removeAlpha().resize(64, 64, { fit: 'fill' }).raw().toBuffer();

/** Mean difference of two pictures, 0-255 a channel. */
async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([pixels(a), pixels(b)]);
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

describe('LocalImageProvider', () => {
  itIsAnImageProvider(() => local);

  it('makes the same bytes for the same request', async () => {
    expect((await make({})).bytes.equals((await make({})).bytes)).toBe(true);
  });

  it('makes visibly different pictures for different prompts and seeds', async () => {
    const [lake, city, other] = await Promise.all([
      make({}),
      make({ prompt: 'a red sports car in the city at night' }),
      make({ seed: 43 }),
    ]);
    expect(await difference(lake.bytes, city.bytes)).toBeGreaterThan(25);
    expect(await difference(lake.bytes, other.bytes)).toBeGreaterThan(4);
  });

  it('makes every style look different from every other', async () => {
    const pictures = await Promise.all(
      STYLES.map(async (stylePreset) => ({
        stylePreset,
        ...(await make({ prompt: 'beach wedding at sunset with flower arch', stylePreset })),
      })),
    );
    for (const [index, one] of pictures.entries()) {
      for (const other of pictures.slice(index + 1)) {
        expect({
          pair: `${one.stylePreset}/${other.stylePreset}`,
          different: (await difference(one.bytes, other.bytes)) > 2.5,
        }).toEqual({ pair: `${one.stylePreset}/${other.stylePreset}`, different: true });
      }
    }
  });

  it.each(['watercolour', 'realistic', '3d-render'])(
    'leaves no pale or dark border: %s',
    async (stylePreset) => {
      const { bytes } = await make({ prompt: 'a calm sea at night', stylePreset, width: 512, height: 512 });
      const column = async (left: number): Promise<number> => {
        const { channels } = await sharp(
          await sharp(bytes).extract({ left, top: 60, width: 2, height: 180 }).toBuffer(),
        ).stats();
        return channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
      };
      expect(Math.abs((await column(0)) - (await column(14)))).toBeLessThan(14);
      expect(Math.abs((await column(510)) - (await column(496)))).toBeLessThan(14);
    },
  );

  it.each(['high', 'ultra'] as const)('draws %s quality finer at the same size', async (quality) => {
    const image = await make({ quality });
    expect(await sharp(image.bytes).metadata()).toMatchObject({ width: 256, height: 256 });
    expect(image.bytes.equals((await make({})).bytes)).toBe(false);
  });
});
