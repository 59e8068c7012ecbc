import { darken, type Hex, lighten, mix } from '../colour.js';
import { ellipse, num, polygon, rect, shape, stroke } from '../svg.js';
import { horizon, type PaintBackdrop, type Scene, zones } from './backdrop.js';
import { mist, sky } from './sky.js';
import { skyline } from './skyline.js';

const asphalt = ({ palette }: Scene): Hex =>
  palette.night ? '#3b3d5c' : mix('#7d8794', palette.sky[2], 0.12);

const city: PaintBackdrop = (scene) => {
  const { frame, palette, defs } = scene;
  const line = horizon(scene, 0.64, 0.68);
  const y = frame.height * line;
  const road = asphalt(scene);
  const lane = frame.height * (line + (1 - line) * 0.55);
  const pavement = rect(
    0,
    y,
    frame.width,
    frame.height - y,
    defs.linear([
      [0, lighten(road, 0.35)],
      [0.12, lighten(road, 0.3)],
      [0.13, road],
      [1, darken(road, 0.2)],
    ]),
  );
  const dashes = Array.from({ length: Math.ceil(frame.width / (frame.unit * 0.16)) }, (_, index) =>
    rect(index * frame.unit * 0.16, lane, frame.unit * 0.08, frame.unit * 0.008, '#f7f3d8', { opacity: 0.8 }),
  ).join('');
  return {
    behind:
      sky(scene, y) +
      skyline(scene, y, 0.46, 0.62) +
      mist(scene, y - frame.height * 0.12, frame.height * 0.14, 0.3) +
      pavement +
      dashes,
    front: '',
    ...zones(frame, line),
    groundColour: road,
    airColour: palette.sky[1],
    drawn: ['city skyline'],
  };
};

function house(scene: Scene, x: number, base: number, width: number, height: number): string {
  const { random, palette } = scene;
  const wall = mix(
    random.pick(['#f2c9a1', '#e8a598', '#b8d3c8', '#f0dca0', '#c3c4e0', '#e6b8c2']),
    '#101c48',
    palette.night ? 0.5 : 0,
  );
  const roof = darken(random.pick(['#b5533c', '#8a4b3a', '#5b6680']), palette.night ? 0.35 : 0);
  const lit = palette.night ? '#ffd98a' : '#8fb8d0';
  const panes: string[] = [];
  for (let row = 0; row < 2; row++)
    for (let column = 0; column < 3; column++)
      panes.push(
        rect(
          x + width * (0.14 + column * 0.27),
          base - height * (0.84 - row * 0.3),
          width * 0.16,
          height * 0.16,
          random.chance(0.8) ? lit : darken(lit, 0.4),
          { rx: width * 0.015 },
        ),
      );
  const door = rect(x + width * 0.4, base - height * 0.26, width * 0.2, height * 0.26, darken(wall, 0.5), {
    rx: width * 0.03,
  });
  const awning = rect(
    x + width * 0.06,
    base - height * 0.34,
    width * 0.88,
    height * 0.07,
    random.pick(['#e5484d', '#0f9d8a', '#f2994a', '#5e60ce']),
    { rx: width * 0.02 },
  );
  return (
    rect(x, base - height, width * 0.98, height, wall) +
    polygon(
      [
        [x - width * 0.03, base - height],
        [x + width * 0.5, base - height * 1.22],
        [x + width * 1.01, base - height],
      ],
      roof,
    ) +
    panes.join('') +
    door +
    awning
  );
}

const street: PaintBackdrop = (scene) => {
  const { frame, palette, random, defs } = scene;
  const line = horizon(scene, 0.58, 0.62);
  const y = frame.height * line;
  const width = frame.height * 0.21;
  const houses = Array.from({ length: Math.ceil(frame.width / width) + 1 }, (_, index) =>
    house(
      scene,
      (index - random.next() * 0.05 - 0.3) * width,
      y,
      width,
      frame.height * random.between(0.24, 0.34),
    ),
  ).join('');
  const ground = palette.night ? '#4a4568' : mix('#b9a68f', palette.sky[2], 0.15);
  const joints = Array.from({ length: 9 }, (_, index) =>
    stroke(
      `M0 ${num(y + (frame.height - y) * (index / 8) ** 1.6)}H${frame.width}`,
      darken(ground, 0.12),
      frame.unit * 0.002,
    ),
  ).join('');
  return {
    behind:
      sky(scene, y) +
      houses +
      rect(
        0,
        y,
        frame.width,
        frame.height - y,
        defs.linear([
          [0, darken(ground, 0.1)],
          [1, lighten(ground, 0.1)],
        ]),
      ) +
      joints,
    front: '',
    ...zones(frame, line),
    groundColour: ground,
    airColour: palette.sky[1],
    drawn: ['street'],
  };
};

const stadium: PaintBackdrop = (scene) => {
  const { frame, palette, random } = scene;
  const line = 0.56;
  const y = frame.height * line;
  const stand = frame.height * 0.24;
  const tribune = shape(
    `M0 ${num(y - stand)}Q${num(frame.width / 2)} ${num(y - stand * 0.5)} ${frame.width} ${num(y - stand)}V${num(y)}H0Z`,
    mix('#5a6b8c', palette.sky[0], 0.2),
  );
  const people = Array.from(
    { length: Math.min(700, Math.round(260 * Math.max(1, frame.width / frame.height))) },
    () => {
      const x = random.next() * frame.width;
      const top = y - stand * (0.74 + 0.22 * ((2 * x) / frame.width - 1) ** 2);
      return ellipse(
        x,
        top + (y - top) * random.between(0.05, 0.94),
        frame.unit * 0.006,
        frame.unit * 0.007,
        random.pick([...palette.accents, '#f6e0c8', '#ffffff'] as [Hex, ...Hex[]]),
      );
    },
  ).join('');
  const turf = mix('#3f9a4a', '#101c48', palette.night ? 0.35 : 0);
  const stripes = Array.from({ length: 10 }, (_, index) =>
    polygon(
      [
        [frame.width * (index / 10), y],
        [frame.width * ((index + 1) / 10), y],
        [frame.width * ((index + 1) / 5 - 0.5), frame.height],
        [frame.width * (index / 5 - 0.5), frame.height],
      ],
      index % 2 === 0 ? turf : lighten(turf, 0.09),
    ),
  ).join('');
  const lines =
    stroke(`M0 ${num(y + frame.height * 0.03)}H${frame.width}`, '#ffffff', frame.unit * 0.006, {
      opacity: 0.8,
    }) +
    `<ellipse cx="${num(frame.width / 2)}" cy="${num(frame.height * 0.82)}" rx="${num(frame.width * 0.24)}" ry="${num(frame.height * 0.08)}" fill="none" stroke="#ffffff" stroke-width="${num(frame.unit * 0.006)}" opacity="0.8"/>`;
  return {
    behind:
      sky(scene, y - stand) +
      tribune +
      people +
      rect(0, y, frame.width, frame.height - y, turf) +
      stripes +
      lines,
    front: '',
    ...zones(frame, line),
    groundColour: turf,
    airColour: palette.sky[1],
    drawn: ['stadium'],
  };
};

/** Places in town. */
export const TOWN = { city, street, stadium } as const satisfies Record<string, PaintBackdrop>;
