import { darken, type Hex, lighten, mix } from '../colour.js';
import { circle, num, rect, shape, stroke } from '../svg.js';
import { horizon, type PaintBackdrop, type Scene, zones } from './backdrop.js';
import { lake, underwater } from './depths.js';
import { ridge } from './terrain.js';
import { sky } from './sky.js';
import { skyline } from './skyline.js';
import { water } from './waters.js';

const beach: PaintBackdrop = (scene) => {
  const { frame, palette, random, defs, noise } = scene;
  const line = horizon(scene, 0.46, 0.52);
  const shore = frame.height * (line + 0.14);
  const sand = palette.night
    ? '#6f6a86'
    : mix('#f2d6a2', palette.sky[1], scene.brief.time === 'day' ? 0.04 : 0.2);
  const edge = Array.from(
    { length: 31 },
    (_, step) =>
      `${step === 0 ? 'M' : 'L'}${num((step / 30) * frame.width)} ${num(shore + noise((step / 30) * 2.2, 7) * frame.height * 0.025)}`,
  ).join('');
  const fill = `${edge}L${frame.width} ${frame.height}L0 ${frame.height}Z`;
  const foam =
    stroke(edge, '#ffffff', frame.unit * 0.014, { opacity: 0.85 }) +
    `<g transform="translate(0 ${num(-frame.height * 0.028)})">${stroke(edge, '#ffffff', frame.unit * 0.006, { opacity: 0.55 })}</g>`;
  const specks = Array.from({ length: 50 }, () =>
    circle(
      random.next() * frame.width,
      shore + (frame.height - shore) * random.between(0.15, 1),
      frame.unit * 0.002,
      darken(sand, 0.2),
    ),
  ).join('');
  const far = scene.brief.skyline
    ? skyline(scene, frame.height * line, 0.18, 0.5)
    : ridge(
        scene,
        frame.height * (line + 0.0),
        frame.height * 0.025,
        0.5,
        8,
        mix(palette.far, palette.sky[2], 0.55),
      );
  return {
    behind:
      sky(scene, frame.height * line) +
      far +
      water(scene, frame.height * line, shore + frame.height * 0.04) +
      shape(
        fill,
        defs.linear([
          [0, lighten(sand, 0.12)],
          [1, darken(sand, 0.12)],
        ]),
      ) +
      foam +
      specks,
    front: '',
    ...zones(frame, line + 0.14),
    groundColour: sand,
    airColour: palette.sky[1],
    drawn: ['beach', 'sea'],
  };
};

/** What may be on water by itself; all else stands on a quay. */
const AFLOAT =
  /:(sailboat|ship|passenger-ship|motor-boat|speedboat|canoe|lighthouse|anchor|whale|dolphin|shark|fish|duck|swan|bridge|classical-building)/;

/** Planks along the lower edge. */
function quay({ frame, palette }: Scene, top: number): string {
  const wood = palette.night ? '#5b4a4f' : mix('#b98a5e', palette.sky[2], 0.15);
  const joints = Array.from({ length: 15 }, (_, index) => {
    const share = index / 7 - 1;
    const x = frame.width * (0.5 + share * 0.55);
    return stroke(
      `M${num(x)} ${num(top)}L${num(x + share * frame.width * 0.35)} ${frame.height}`,
      darken(wood, 0.22),
      frame.unit * 0.004,
    );
  }).join('');
  const edge = frame.unit * 0.018;
  return (
    rect(0, top, frame.width, frame.height - top, wood) +
    joints +
    rect(0, top, frame.width, edge, lighten(wood, 0.18)) +
    rect(0, top + edge, frame.width, edge * 0.5, darken(wood, 0.35))
  );
}

const sea: PaintBackdrop = (scene) => {
  const { frame, palette, brief } = scene;
  const line = horizon(scene, 0.52, 0.58);
  const far = scene.brief.skyline ? skyline(scene, frame.height * line, 0.22, 0.45) : '';
  const wave = (y: number, layer: number, tone: Hex): string =>
    ridge(scene, y, frame.height * 0.03, 2.4, layer, tone);
  const deep = mix(palette.water, palette.sky[0], 0.3);
  const ashore = brief.subjects.some(({ art, layer }) => layer !== 'air' && !AFLOAT.test(art));
  if (ashore) {
    const top = line + (1 - line) * 0.42;
    return {
      behind:
        sky(scene, frame.height * line) +
        far +
        water(scene, frame.height * line, frame.height * top) +
        quay(scene, frame.height * top),
      front: '',
      ...zones(frame, top),
      groundColour: '#b98a5e',
      airColour: palette.sky[1],
      drawn: ['sea', 'quay'],
    };
  }
  return {
    behind: sky(scene, frame.height * line) + far + water(scene, frame.height * line, frame.height),
    front: wave(frame.height * 0.97, 3, darken(deep, 0.1)),
    ...zones(frame, line, 0.955),
    groundColour: mix(palette.water, deep, 0.5),
    airColour: palette.sky[1],
    drawn: ['sea'],
  };
};

/** Places at and under water. */
export const WATER = { beach, sea, lake, underwater } as const satisfies Record<string, PaintBackdrop>;
