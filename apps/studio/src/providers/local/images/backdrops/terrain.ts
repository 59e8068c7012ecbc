import { darken, type Hex, lighten, luminance, mix } from '../colour.js';
import { circle, num, polygon, shape, stroke } from '../svg.js';
import { type Backdrop, type Scene, zones } from './backdrop.js';
import { mist, sky } from './sky.js';

/** A noise ridge across the picture, filled down to the lower edge. */
export function ridge(
  scene: Scene,
  y: number,
  rise: number,
  rough: number,
  layer: number,
  fill: string,
): string {
  const { frame, noise } = scene;
  const steps = 72;
  const reach = frame.width / frame.unit;
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const x = (step / steps) * reach;
    const height =
      noise(x * rough, layer * 9.7) * 0.62 +
      noise(x * rough * 2.7, layer * 9.7 + 40) * 0.28 +
      noise(x * rough * 7, layer * 3 + 80) * 0.1;
    return `${step === 0 ? 'M' : 'L'}${num((step / steps) * frame.width)} ${num(y - height * rise)}`;
  });
  return shape(`${points.join('')}L${frame.width} ${frame.height}L0 ${frame.height}Z`, fill);
}

function peak(scene: Scene, x: number, base: number, height: number, half: number, colour: Hex): string {
  const { random } = scene;
  const lean = half * random.between(-0.18, 0.18);
  const tip = base - height;
  const snow = 0.34;
  const left = [x + lean - (half + lean) * snow, tip + height * snow] as const;
  const right = [x + lean + (half - lean) * snow, tip + height * snow] as const;
  const zig = [
    [x + lean + half * 0.18, tip + height * 0.25],
    [x + lean + half * 0.04, tip + height * 0.36],
    [x + lean - half * 0.12, tip + height * 0.24],
  ] as const;
  return (
    polygon(
      [
        [x - half, base],
        [x + lean, tip],
        [x + half, base],
      ],
      colour,
    ) +
    polygon(
      [
        [x + lean, tip],
        [x + half, base],
        [x + lean + half * 0.12, base],
      ],
      darken(colour, 0.16),
    ) +
    polygon([[x + lean, tip], right, ...zig, left], '#f7fbff', { opacity: 0.94 })
  );
}

function tufts(scene: Scene, from: number, colour: Hex, flowers: boolean): string {
  const { frame, random, palette } = scene;
  return Array.from({ length: Math.round(26 * Math.max(1, frame.width / frame.height)) }, () => {
    const depth = random.next();
    const x = random.next() * frame.width;
    const y = from + (frame.height - from) * depth;
    const size = frame.unit * (0.006 + depth * 0.012);
    const blade = stroke(
      `M${num(x - size)} ${num(y)}q${num(size * 0.4)} ${num(-size * 1.6)} 0 ${num(-size * 2)}M${num(x)} ${num(y)}v${num(-size * 2.4)}M${num(x + size)} ${num(y)}q${num(-size * 0.2)} ${num(-size * 1.4)} ${num(size * 0.3)} ${num(-size * 2)}`,
      colour,
      size * 0.35,
    );
    return (
      blade +
      (flowers && random.chance(0.5)
        ? circle(x, y - size * 2.4, size * 0.7, random.pick(palette.accents))
        : '')
    );
  }).join('');
}

/** The backdrop of open land with a near ground. */
export function field(
  scene: Scene,
  line: number,
  extra: string,
  ground: Hex,
  drawn: string[],
  rough = 0.6,
): Backdrop {
  const { frame, palette, defs } = scene;
  const y = frame.height * line;
  const snowy = luminance(ground) > 0.55;
  const near = ridge(
    scene,
    y + frame.height * 0.02,
    frame.height * 0.03,
    rough,
    1,
    defs.linear([
      [0, lighten(ground, 0.14)],
      [1, darken(ground, 0.16)],
    ]),
  );
  const plants = snowy
    ? ''
    : tufts(
        scene,
        y + frame.height * 0.08,
        darken(ground, 0.22),
        palette.foliage === ground && !palette.night,
      );
  const fog =
    scene.brief.weather === 'fog' ? mist(scene, y - frame.height * 0.3, frame.height * 0.45, 0.85) : '';
  return {
    behind: sky(scene, y) + extra + near + plants + fog,
    front: '',
    ...zones(frame, line),
    groundColour: ground,
    airColour: palette.sky[1],
    drawn,
  };
}

/** Snow in winter, else the ground given. */
export const winterGround = (scene: Scene, other: Hex): Hex =>
  scene.brief.season === 'winter' || scene.brief.weather === 'snow'
    ? mix('#eef5fb', scene.palette.sky[1], scene.palette.night ? 0.4 : 0.12)
    : other;

/** Height of a peak over half its width: in tall pictures, more would be needles. */
const STEEPEST = 2;

/** A range of snow-capped peaks on a line at `base` pixels. */
export function peaksOn(scene: Scene, base: number, reach: number): string {
  const { frame, palette, random } = scene;
  const count = Math.max(3, Math.min(9, Math.round((frame.width / frame.height) * 3.4)));
  return random
    .shuffle(Array.from({ length: count }, (_, index) => index))
    .map((index) => {
      const x = ((index + random.between(0.25, 0.75)) / count) * frame.width;
      const height = frame.height * reach * random.between(0.55, 1);
      const half = (frame.width / count) * random.between(0.8, 1.1);
      const colour = mix(palette.far, palette.sky[0], random.between(0.2, 0.5));
      return peak(scene, x, base, Math.min(height, half * STEEPEST), half, colour);
    })
    .join('');
}
