import { beforeAll, describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import { compose } from '../images/compose.js';
import { STYLES } from '../images/styles/styles.js';
import { toLab } from './lab.js';
import { flatRaster, opened, type Raster } from './raster.js';
import { styled } from './styled.js';

const SIDE = 256;

const inStyle = (picture: Raster, style: string): Promise<Raster> =>
  styled(picture, { style, reference: undefined, seed: 1 }, 1);

/** Mean distance of the colours, 0-255. */
const difference = (one: Raster, other: Raster): number =>
  one.data.reduce((sum, value, at) => sum + Math.abs(value - (other.data[at] ?? 0)), 0) / one.data.length;

/** Mean chroma in Oklab. */
function colourfulness({ data }: Raster): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [, a, b] = toLab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    sum += Math.hypot(a, b);
  }
  return sum / (data.length / 3);
}

describe('styled', () => {
  let scene: Raster;
  beforeAll(async () => {
    const request = { prompt: 'a beach wedding at sunset with a flower arch', seed: 7, variantIndex: 0 };
    const { svg } = compose({ ...request, width: SIDE, height: SIDE });
    scene = await flatRaster(opened(new Resvg(svg).render().asPng()), SIDE);
  });

  it.each(STYLES.filter((style) => style !== 'realistic'))('is seen at a glance: %s', async (style) => {
    const made = await inStyle(scene, style);
    expect([made.width, made.height]).toEqual([scene.width, scene.height]);
    expect(difference(made, scene)).toBeGreaterThan(5);
  });

  it('paints rich watercolours, on paper that shows at the rim', async () => {
    const made = await inStyle(scene, 'watercolour');
    expect(colourfulness(made)).toBeGreaterThan(colourfulness(scene) * 1.05);
    const rim = Array.from({ length: SIDE }, (_, x) => made.data[x * 3 + 2] ?? 0);
    expect(rim.filter((blue) => blue > 225).length).toBeGreaterThan(SIDE * 0.8);
  });

  it('is whole at the usual strength: noir has no colours left', async () => {
    const made = await styled(scene, { style: 'noir', reference: undefined, seed: 1 }, 0.7);
    expect(colourfulness(made)).toBeLessThan(0.02);
  });

  it('paints the same for the same seed, and another sheet for another', async () => {
    const [one, again] = [await inStyle(scene, 'watercolour'), await inStyle(scene, 'watercolour')];
    expect(one.data.equals(again.data)).toBe(true);
    const other = await styled(scene, { style: 'watercolour', reference: undefined, seed: 2 }, 1);
    expect(difference(one, other)).toBeGreaterThan(2);
  });
});
