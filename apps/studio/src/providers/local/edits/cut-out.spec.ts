import { afterAll, describe, expect, it } from '@jest/globals';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { CpuPool } from '../cpu-pool.js';
import { composeLayers } from '../images/compose.js';
import { LocalImageEditProvider } from './local-image-edit-provider.js';

const SIDE = 384;
const cpus = new CpuPool({ processes: 1 });
const provider = new LocalImageEditProvider(cpus);
const { signal } = new AbortController();
afterAll(() => cpus.close());

const png = (svg: string): Buffer => new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();

const opaque = (picture: Buffer): Promise<Buffer> => sharp(picture).extractChannel(3).raw().toBuffer();

/** A scene of ours, cut out, against the mask that it was composed of. */
async function cutOut(prompt: string, seed: number): Promise<{ iou: number; limits: string }> {
  const scene = composeLayers({ prompt, width: SIDE, height: SIDE, seed, variantIndex: 0 });
  const subjects = png(scene.subjects);
  const source = await sharp(png(scene.behind))
    .composite([{ input: subjects }])
    .png()
    .toBuffer();
  const edit = { kind: 'remove-background' } as const;
  const request = { source, edit, format: 'png', seed: 1, idempotencyKey: 'job-1/0' } as const;
  const { bytes, limits } = await provider.generate(request, { signal });
  const [made, truth] = [await opaque(bytes), await opaque(subjects)];
  let [both, either] = [0, 0];
  for (const [at, alpha] of made.entries()) {
    const [mine, right] = [alpha > 127, (truth[at] ?? 0) > 127];
    if (mine && right) both += 1;
    if (mine || right) either += 1;
  }
  return { iou: both / either, limits: limits.join('; ') };
}

const confidence = (limits: string): number => Number(/confidence (\d\.\d+)/.exec(limits)?.[1]);

/** Intersection over union that a frame around the middle, what the cut began from before, came to: 0.22, 0.30, 0.56, 0.83. */
const CLEAR = [
  ['a fox in a snowy forest', 3, 0.95],
  ['a bride in a garden', 1, 0.85],
  ['a sports car in the city', 2, 0.82],
  ['a lighthouse at the sea', 2, 0.9],
] as const;

describe('the cut-out', () => {
  it.each(CLEAR)('finds %s in a busy scene', async (prompt, seed, least) => {
    const { iou, limits } = await cutOut(prompt, seed);
    expect(iou).toBeGreaterThan(least);
    expect(limits).toMatch(/basic cut-out by colours and edges, confidence 0\.\d\d of 1/);
  });

  it('says so where it found next to nothing right', async () => {
    const good = await cutOut('a fox in a snowy forest', 3);
    for (const [prompt, seed] of [
      ['a speaker on a conference stage', 7],
      ['guests at a gala dinner', 4],
    ] as const) {
      const { iou, limits } = await cutOut(prompt, seed);
      expect(iou).toBeLessThan(0.6);
      expect(confidence(limits)).toBeLessThan(confidence(good.limits));
      expect(limits).toContain('look at the result before you use it');
    }
  });
});
