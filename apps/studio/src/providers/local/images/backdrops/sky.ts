import { darken, lighten, mix } from '../colour.js';
import { circle, ellipse, num, rect, shape, stroke } from '../svg.js';
import type { Scene } from './backdrop.js';

function stars({ frame, random }: Scene, low: number): string {
  const count = Math.round(60 + (frame.width * frame.height) / 12_000);
  return Array.from({ length: Math.min(count, 220) }, () =>
    circle(
      random.next() * frame.width,
      random.next() * low,
      frame.unit * random.between(0.0008, 0.0026),
      '#ffffff',
      { opacity: random.between(0.35, 1) },
    ),
  ).join('');
}

/** The sun, the moon or its crescent, with a glow. */
function disc(scene: Scene, low: number): string {
  const { frame, palette, random, brief, defs } = scene;
  const x = frame.width * random.between(0.16, 0.84);
  const y =
    low *
    (brief.time === 'sunset' || brief.time === 'dawn'
      ? random.between(0.72, 0.84)
      : random.between(0.2, 0.34));
  const radius = frame.unit * (brief.time === 'day' ? 0.05 : brief.time === 'night' ? 0.055 : 0.085);
  const glow = circle(
    x,
    y,
    radius * 4.4,
    defs.radial([
      [0, palette.sun, 0.75],
      [0.3, palette.sun, 0.32],
      [1, palette.sun, 0],
    ]),
  );
  if (!brief.decor.has('crescent')) {
    const craters = palette.night
      ? circle(x - radius * 0.3, y - radius * 0.2, radius * 0.2, '#ddd6b4', { opacity: 0.6 }) +
        circle(x + radius * 0.35, y + radius * 0.3, radius * 0.14, '#ddd6b4', { opacity: 0.6 })
      : '';
    return glow + circle(x, y, radius, lighten(palette.sun, 0.3)) + craters;
  }
  return (
    glow +
    shape(
      `M${num(x)} ${num(y - radius)}A${num(radius)} ${num(radius)} 0 1 0 ${num(x + radius)} ${num(y + radius * 0.4)}A${num(radius * 0.8)} ${num(radius * 0.8)} 0 0 1 ${num(x)} ${num(y - radius)}Z`,
      '#fdf3c7',
    )
  );
}

function cloud(scene: Scene, x: number, y: number, size: number, colour: string): string {
  const puffs = [
    [-0.9, 0.1, 0.42],
    [-0.4, -0.18, 0.55],
    [0.2, -0.3, 0.62],
    [0.75, 0, 0.46],
  ] as const;
  return (
    puffs.map(([dx, dy, radius]) => circle(x + dx * size, y + dy * size, radius * size, colour)).join('') +
    rect(x - size * 1.3, y, size * 2.5, size * 0.45, colour, { rx: size * 0.22 })
  );
}

function clouds(scene: Scene, low: number): string {
  const { frame, random, palette, brief } = scene;
  const heavy = brief.weather !== 'clear';
  const amount = Math.min(14, Math.round((heavy ? 6 : 3) * Math.max(1, frame.width / frame.height / 1.5)));
  const tone =
    brief.weather === 'storm'
      ? '#5a6373'
      : palette.night
        ? lighten(palette.sky[1], 0.1)
        : mix('#ffffff', palette.sky[2], brief.time === 'day' ? 0.1 : 0.5);
  return Array.from(
    { length: amount },
    () =>
      `<g opacity="${num(random.between(0.45, heavy ? 0.9 : 0.8))}">${cloud(scene, random.next() * frame.width, low * random.between(0.1, 0.62), frame.unit * random.between(0.05, heavy ? 0.12 : 0.085), tone)}</g>`,
  ).join('');
}

function aurora({ frame, noise, defs }: Scene, low: number): string {
  return ['#4dffb8', '#7a8bff', '#5ef0ff']
    .map((colour, band) => {
      const line = Array.from({ length: 25 }, (_, step) => {
        const x = (step / 24) * frame.width;
        return `${step === 0 ? 'M' : 'L'}${num(x)} ${num(low * (0.34 + band * 0.1) + noise(step * 0.14, band * 5) * low * 0.18)}`;
      }).join('');
      return shape(
        `${line}L${frame.width} 0L0 0Z`,
        defs.linear([
          [0, colour, 0],
          [0.75, colour, 0.1],
          [1, colour, 0.55],
        ]),
      );
    })
    .join('');
}

function rainbow({ frame }: Scene, low: number): string {
  const radius = Math.min(frame.width * 0.42, low * 0.86);
  return ['#e5484d', '#f58220', '#ffd23f', '#4cb963', '#2d9cdb', '#6a5acd']
    .map((colour, index) => {
      const arc = radius - index * radius * 0.035;
      return stroke(
        `M${num(frame.width / 2 - arc)} ${num(low)}A${num(arc)} ${num(arc)} 0 0 1 ${num(frame.width / 2 + arc)} ${num(low)}`,
        colour,
        radius * 0.036,
        { opacity: 0.6 },
      );
    })
    .join('');
}

/** Sky down to `low` pixels: colours, sun or moon, stars, clouds, and the weather that belongs to the sky. */
export function sky(scene: Scene, low: number): string {
  const { frame, palette, brief, defs } = scene;
  const [top, middle, bottom] = palette.sky;
  const parts = [
    rect(
      0,
      0,
      frame.width,
      frame.height,
      defs.linear([
        [0, top],
        [0.45, middle],
        [Math.min(0.98, low / frame.height + 0.05), bottom],
        [1, darken(bottom, 0.1)],
      ]),
    ),
  ];
  if (palette.night || brief.decor.has('stars')) parts.push(stars(scene, low));
  if (brief.decor.has('aurora')) parts.push(aurora(scene, low));
  if (!['rain', 'storm', 'fog'].includes(brief.weather) || brief.decor.has('moon') || brief.decor.has('sun'))
    parts.push(disc(scene, low));
  if (!palette.night || brief.weather !== 'clear' || brief.decor.has('clouds'))
    parts.push(clouds(scene, low));
  if (brief.decor.has('rainbow')) parts.push(rainbow(scene, low));
  if (brief.decor.has('shooting'))
    parts.push(
      stroke(
        `M${num(frame.width * 0.62)} ${num(low * 0.2)}l${num(frame.unit * 0.2)} ${num(-frame.unit * 0.09)}`,
        '#ffffff',
        frame.unit * 0.005,
      ),
    );
  return parts.join('');
}

/** A band of mist, denser below. */
export function mist({ frame, defs, palette }: Scene, y: number, height: number, opacity: number): string {
  const colour = lighten(palette.sky[2], 0.25);
  return rect(
    0,
    y,
    frame.width,
    height,
    defs.linear([
      [0, colour, 0],
      [0.6, colour, opacity],
      [1, colour, 0],
    ]),
  );
}

/** A soft shadow under something that stands. */
export function shadow(x: number, y: number, radius: number, fill: string): string {
  return ellipse(x, y, radius, radius * 0.18, fill);
}
