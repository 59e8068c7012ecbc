import { createRandom } from '../images/random.js';
import type { Style } from '../images/styles/styles.js';
import { borders, dabbed, waves, wobbled } from './painting.js';
import { flatRaster, luminance, mapped, ofRaster, type Raster } from './raster.js';

type Painting = (picture: Raster, seed: number) => Promise<Raster>;

const LONGEST = 4_096;
const unitOf = ({ width, height }: Raster): number => Math.min(width, height);
const dab = (picture: Raster, share: number): number => Math.max(1, Math.round(unitOf(picture) * share));

const toned = (picture: Raster, saturation: number, brightness = 1): Promise<Raster> =>
  flatRaster(ofRaster(picture).modulate({ saturation, brightness }), LONGEST);

/**
 * Rich washes on rough paper. Pigment lies in a density of its own: it pools where a wash ends, thins out where the
 * water stood, gathers in the grain, and leaves the paper white at the rim.
 */
const watercolour: Painting = async (picture, seed) => {
  const random = createRandom(seed).fork('watercolour');
  const unit = unitOf(picture);
  const wave = (share: number): Promise<Float32Array> => waves(picture, Math.max(2, unit * share), random);
  const [across, down, pool, bloom] = [
    await wave(0.03),
    await wave(0.03),
    await wave(0.16),
    await wave(0.05),
  ];
  const grain = await waves(picture, Math.max(1.6, unit / 520), random);
  const washes = await toned(
    dabbed(wobbled(picture, across, down, unit * 0.004), dab(picture, 0.002)),
    1.6,
    1.04,
  );
  const [line, wide] = [await borders(washes, Math.max(0.8, unit / 420)), await borders(washes, unit / 70)];
  const { width, height } = picture;
  return mapped(washes, (red, green, blue, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const rim = Math.min(x, y, width - 1 - x, height - 1 - y) / unit + (bloom[at] ?? 0) * 0.012;
    const wet = Math.min(1, Math.max(0, (rim - 0.012) / 0.012));
    const pigment = 1.06 + 0.24 * (pool[at] ?? 0) + 0.1 * (bloom[at] ?? 0) + 0.12 * (grain[at] ?? 0);
    const density = (pigment + 1.1 * (line[at] ?? 0) + 0.35 * (wide[at] ?? 0)) * wet;
    const wash = (value: number, paper: number): number =>
      paper * Math.max(0.05, value / 255) ** Math.max(0, density) + 3 * (grain[at] ?? 0);
    return [wash(red, 253), wash(green, 250), wash(blue, 243)];
  });
};

/** Thick paint: broad dabs that follow the things, ridges that catch the light. */
const oil: Painting = async (picture, seed) => {
  const random = createRandom(seed).fork('oil');
  const unit = unitOf(picture);
  const [across, down] = [
    await waves(picture, unit * 0.012, random),
    await waves(picture, unit * 0.012, random),
  ];
  const paint = dabbed(wobbled(picture, across, down, unit * 0.006), dab(picture, 0.005));
  const rich = await toned(paint, 1.35);
  const ridge = await waves(picture, Math.max(2, unit / 260), random);
  const { width } = picture;
  return mapped(rich, (red, green, blue, at) => {
    const relief = ((ridge[at] ?? 0) - (ridge[at + width + 1] ?? 0)) * 16;
    return [red * 1.03 + relief, green * 1.03 + relief, blue * 1.03 + relief];
  });
};

const LEVELS = 5;

/** Flat tones in few steps, with an inked line around them. */
const cartoon: Painting = async (picture) => {
  const flat = await toned(dabbed(picture, dab(picture, 0.0022)), 1.45, 1.05);
  const ink = await borders(flat, Math.max(0.8, unitOf(picture) / 450));
  return mapped(flat, (red, green, blue, at) => {
    const light = Math.max(1, luminance(red, green, blue));
    const step = ((Math.round((light / 255) * LEVELS) / LEVELS) * 255 * 2 + light) / 3;
    const shade = (step / light) * (1 - Math.min(0.92, Math.max(0, (ink[at] ?? 0) - 0.16) * 2.6));
    return [red * shade, green * shade, blue * shade];
  });
};

/** Few colours, soft and light, without detail. */
const minimal: Painting = async (picture) => {
  const flat = dabbed(dabbed(picture, dab(picture, 0.006)), dab(picture, 0.004));
  const calm = await toned(flat, 0.72, 1.06);
  const step = (value: number): number => Math.round(value / 36) * 36 * 0.86 + 40;
  return mapped(calm, (red, green, blue) => [step(red), step(green), step(blue)]);
};

/** Night, and every border a tube of light in the colour of what it surrounds. */
const neon: Painting = async (picture) => {
  const unit = unitOf(picture);
  const bright = await toned(dabbed(picture, dab(picture, 0.003)), 2.4, 1.25);
  const line = await borders(bright, Math.max(0.8, unit / 420));
  const lit = mapped(bright, (red, green, blue, at) => {
    const glow = Math.min(1, (line[at] ?? 0) * 2.6) ** 1.4;
    const lift = 255 / Math.max(60, red, green, blue);
    return [red * lift * glow, green * lift * glow, blue * lift * glow];
  });
  const halo = await flatRaster(ofRaster(lit).blur(Math.max(1, unit / 90)), LONGEST);
  return mapped(bright, (red, green, blue, at) => {
    const add = (own: number, channel: number, night: number): number =>
      own * 0.16 + night + (lit.data[at * 3 + channel] ?? 0) + (halo.data[at * 3 + channel] ?? 0) * 1.5;
    return [add(red, 0, 12), add(green, 1, 4), add(blue, 2, 30)];
  });
};

/** Smooth bodies lit from the upper left. */
const solid: Painting = async (picture) => {
  const unit = unitOf(picture);
  const smooth = await toned(dabbed(picture, dab(picture, 0.002)), 1.2);
  const { data: shape } = await flatRaster(ofRaster(smooth).blur(Math.max(1, unit / 130)), LONGEST);
  const { width, height } = picture;
  const reach = dab(picture, 0.006);
  const heightAt = (x: number, y: number): number => {
    const at = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 3;
    return luminance(shape[at] ?? 0, shape[at + 1] ?? 0, shape[at + 2] ?? 0);
  };
  return mapped(smooth, (red, green, blue, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const slope = heightAt(x + reach, y + reach) - heightAt(x - reach, y - reach);
    const away = Math.hypot(x / width - 0.5, y / height - 0.5);
    const shade = (1 + Math.max(-0.45, Math.min(0.5, slope / 130))) * (1.08 - away * 0.38);
    return [red * shade, green * shade, blue * shade];
  });
};

/** Styles that a finished picture is painted in; the others are given to it as a drawing of ours is. */
export const PAINTINGS: Readonly<Partial<Record<Style, Painting>>> = {
  watercolour,
  artistic: oil,
  anime: cartoon,
  flat: cartoon,
  minimal,
  neon,
  '3d-render': solid,
};
