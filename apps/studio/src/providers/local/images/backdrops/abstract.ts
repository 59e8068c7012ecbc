import { darken, type Hex, lighten, mix } from '../colour.js';
import { circle, ellipse, num, rect, shape, stroke } from '../svg.js';
import { type PaintBackdrop, type Scene, zones } from './backdrop.js';
import { geometry } from './geometry.js';

function wave(scene: Scene, y: number, rise: number, layer: number): string {
  const { frame, noise } = scene;
  return Array.from({ length: 49 }, (_, step) => {
    const x = (step / 48) * frame.width;
    return `${step === 0 ? 'M' : 'L'}${num(x)} ${num(y + (noise((step / 48) * 1.5 * (frame.width / frame.unit) ** 0.5, layer * 4.3) * 0.8 + Math.sin(step * 0.13 + layer) * 0.3) * rise)}`;
  }).join('');
}

/** Gradient, layered waves and soft light in the colours asked for. */
const abstract: PaintBackdrop = (scene) => {
  const { frame, palette, random, defs, brief } = scene;
  const [one, two, three] = palette.accents;
  const base = brief.mood === 'dark' ? darken(one, 0.4) : one;
  const angle = random.pick<readonly [number, number, number, number]>([
    [0, 0, 1, 1],
    [1, 0, 0, 1],
    [0, 0, 0.4, 1],
  ]);
  const ground = rect(
    0,
    0,
    frame.width,
    frame.height,
    defs.linear(
      [
        [0, darken(base, 0.35)],
        [0.6, base],
        [1, lighten(base, 0.35)],
      ],
      angle,
    ),
  );
  const layers = [0.42, 0.54, 0.66, 0.78]
    .map((at, index) => {
      const line = wave(scene, frame.height * at, frame.height * 0.13, index);
      const tone =
        [lighten(base, 0.18), two, darken(base, 0.3), brief.colours.length > 2 ? three : lighten(two, 0.25)][
          index
        ] ?? two;
      return (
        shape(
          `${line}L${frame.width} ${frame.height}L0 ${frame.height}Z`,
          defs.linear(
            [
              [0, lighten(tone, 0.18), 0.9],
              [1, darken(tone, 0.22), 0.96],
            ],
            [0, 0, 1, 0],
          ),
        ) + stroke(line, lighten(two, 0.4), frame.unit * 0.004, { opacity: 0.8 })
      );
    })
    .join('');
  const orbs = Array.from({ length: 9 }, () => {
    const radius = frame.unit * random.between(0.03, 0.15);
    return circle(
      random.next() * frame.width,
      random.between(0, 0.8) * frame.height,
      radius,
      defs.radial([
        [0, lighten(two, 0.5), 0.55],
        [0.85, two, 0.2],
        [1, two, 0],
      ]),
    );
  }).join('');
  const specks = Array.from({ length: 60 }, () =>
    circle(
      random.next() * frame.width,
      random.next() * frame.height,
      frame.unit * random.between(0.0012, 0.004),
      lighten(two, 0.6),
      { opacity: random.between(0.4, 0.95) },
    ),
  ).join('');
  const extra = brief.decor.has('geometry') || brief.poster ? geometry(scene) : '';
  return {
    behind: ground + orbs + layers + extra + specks,
    front: '',
    ...zones(frame, 0.5),
    groundColour: mix(three, two, 0.4),
    airColour: base,
    drawn: ['abstract composition'],
  };
};

const space: PaintBackdrop = (scene) => {
  const { frame, random, defs, palette } = scene;
  const sky = rect(
    0,
    0,
    frame.width,
    frame.height,
    defs.linear(
      [
        [0, '#090b24'],
        [0.6, '#1d1a4f'],
        [1, '#3b2a6e'],
      ],
      [0, 0, 1, 1],
    ),
  );
  const clouds = Array.from({ length: 6 }, () =>
    ellipse(
      random.next() * frame.width,
      random.next() * frame.height,
      frame.unit * random.between(0.25, 0.5),
      frame.unit * random.between(0.12, 0.25),
      defs.radial([
        [0, random.pick(palette.accents as readonly [Hex, ...Hex[]]), 0.4],
        [1, '#1d1a4f', 0],
      ]),
    ),
  ).join('');
  const stars = Array.from({ length: 190 }, () =>
    circle(
      random.next() * frame.width,
      random.next() * frame.height,
      frame.unit * random.between(0.0008, 0.003),
      '#ffffff',
      { opacity: random.between(0.4, 1) },
    ),
  ).join('');
  const x = frame.width * random.between(0.12, 0.88);
  const tone = palette.accents[1];
  const planet =
    circle(
      x,
      frame.height * 0.24,
      frame.unit * 0.12,
      defs.linear(
        [
          [0, lighten(tone, 0.3)],
          [1, darken(tone, 0.45)],
        ],
        [0, 0, 1, 1],
      ),
    ) +
    `<ellipse cx="${num(x)}" cy="${num(frame.height * 0.24)}" rx="${num(frame.unit * 0.2)}" ry="${num(frame.unit * 0.035)}" fill="none" stroke="${lighten(tone, 0.5)}" stroke-width="${num(frame.unit * 0.012)}" transform="rotate(-14 ${num(x)} ${num(frame.height * 0.24)})"/>`;
  const soil = '#8c86ab';
  const moon =
    ellipse(
      frame.width / 2,
      frame.height * 1.1,
      frame.width * 0.75,
      frame.height * 0.32,
      defs.linear([
        [0, lighten(soil, 0.25)],
        [1, darken(soil, 0.35)],
      ]),
    ) +
    [0.2, 0.38, 0.61, 0.8]
      .map((at) =>
        ellipse(
          frame.width * at,
          frame.height * random.between(0.9, 0.97),
          frame.unit * 0.05,
          frame.unit * 0.014,
          darken(soil, 0.2),
        ),
      )
      .join('');
  return {
    behind: sky + clouds + stars + planet + moon,
    front: '',
    ...zones(frame, 0.78),
    groundColour: soil,
    airColour: '#14143c',
    drawn: ['space', 'planet'],
  };
};

/** Places that are nowhere on earth. */
export const ELSEWHERE = { abstract, space } as const satisfies Record<string, PaintBackdrop>;
