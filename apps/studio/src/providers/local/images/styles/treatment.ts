import { lighten } from '../colour.js';
import type { Scene } from '../backdrops/backdrop.js';
import { circle, num, polygon, rect } from '../svg.js';
import type { Style } from './styles.js';

/** What a style does to the drawing itself; what it does to the finished pixels is in `finish.ts`. */
export interface Treatment {
  readonly filters: string;
  /** Filter ids for the two layers. */
  readonly backdropFilter?: string;
  readonly subjectFilter?: string;
  /** Between backdrop and subjects, and over all. */
  readonly between: string;
  readonly over: string;
  /** True when a filter moves or blurs the backdrop: it is then drawn beyond the picture and cut, or the border would show. */
  readonly bleeds: boolean;
}

const PLAIN: Treatment = { filters: '', between: '', over: '', bleeds: false };

/** Share of the shorter side that is drawn beyond each edge where a filter bleeds. */
export const BLEED = 0.05;

/** Filters work in pixels on the whole picture and its bleed; bounds in user space keep them from clipping or growing. */
function filter(id: string, { frame }: Scene, body: string): string {
  const edge = frame.unit * BLEED;
  return `<filter id="${id}" filterUnits="userSpaceOnUse" x="${num(-edge)}" y="${num(-edge)}" width="${num(frame.width + edge * 2)}" height="${num(frame.height + edge * 2)}" color-interpolation-filters="sRGB">${body}</filter>`;
}

function vignette({ frame, defs }: Scene, strength: number, colour = '#000000'): string {
  return rect(
    0,
    0,
    frame.width,
    frame.height,
    defs.radial([
      [0, colour, 0],
      [0.7, colour, 0],
      [1, colour, strength],
    ]),
  );
}

/** Light falling from one upper corner. */
function daylight({ frame, defs, palette }: Scene): string {
  return rect(
    0,
    0,
    frame.width,
    frame.height,
    defs.linear(
      [
        [0, palette.sun, 0.32],
        [0.45, palette.sun, 0.04],
        [1, '#0d1437', 0.26],
      ],
      [0, 0, 1, 1],
    ),
  );
}

function rays({ frame, random }: Scene): string {
  const [x, y] = [frame.width * random.between(0.2, 0.8), frame.height * 0.3];
  const reach = frame.width + frame.height;
  return Array.from({ length: 18 }, (_, index) => {
    const angle = (index / 18) * Math.PI * 2;
    const point = (turn: number): readonly [number, number] => [
      x + Math.cos(turn) * reach,
      y + Math.sin(turn) * reach,
    ];
    return polygon([[x, y], point(angle), point(angle + 0.12)], '#ffffff', { opacity: 0.17 });
  }).join('');
}

const blinds = ({ frame }: Scene): string =>
  Array.from({ length: 12 }, (_, index) =>
    polygon(
      [
        [0, frame.height * (index / 12)],
        [frame.width, frame.height * (index / 12) - frame.height * 0.1],
        [frame.width, frame.height * (index / 12 + 0.032) - frame.height * 0.1],
        [0, frame.height * (index / 12 + 0.032)],
      ],
      '#000000',
      { opacity: 0.26 },
    ),
  ).join('');

const halftone = ({ frame }: Scene): string => {
  const cell = Math.max(4, frame.unit / 90);
  return `<pattern id="dots" width="${num(cell)}" height="${num(cell)}" patternUnits="userSpaceOnUse" patternTransform="rotate(30)">${circle(cell / 2, cell / 2, cell * 0.27, '#1a1030')}</pattern>${rect(0, 0, frame.width, frame.height, 'url(#dots)', { opacity: 0.2 })}`;
};

const morph = (colour: string, radius: number, blur = 0): string =>
  `<feMorphology in="SourceAlpha" operator="dilate" radius="${num(radius)}" result="fat"/><feFlood flood-color="${colour}"/><feComposite in2="fat" operator="in" result="edge"/>${blur > 0 ? `<feGaussianBlur in="edge" stdDeviation="${num(blur)}" result="edge"/>` : ''}<feMerge><feMergeNode in="edge"/><feMergeNode in="SourceGraphic"/></feMerge>`;

const gloss = (unit: number): string =>
  `<feGaussianBlur in="SourceAlpha" stdDeviation="${num(unit * 0.006)}" result="height"/><feSpecularLighting in="height" surfaceScale="${num(unit * 0.016)}" specularConstant="1.05" specularExponent="13" lighting-color="#ffffff" result="shine"><feDistantLight azimuth="235" elevation="48"/></feSpecularLighting><feComposite in="shine" in2="SourceAlpha" operator="in" result="shine"/><feGaussianBlur in="SourceAlpha" stdDeviation="${num(unit * 0.009)}" result="soft"/><feOffset in="soft" dx="${num(unit * 0.009)}" dy="${num(unit * 0.012)}" result="cast"/><feComponentTransfer in="cast" result="cast"><feFuncA type="linear" slope="0.42"/></feComponentTransfer><feMerge><feMergeNode in="cast"/><feMergeNode in="SourceGraphic"/><feMergeNode in="shine"/></feMerge>`;

const ripple = (unit: number, seed: number, amount: number): string =>
  `<feTurbulence type="fractalNoise" baseFrequency="${(11 / unit).toFixed(4)}" numOctaves="2" seed="${seed}" result="noise"/><feDisplacementMap in="SourceGraphic" in2="noise" scale="${num(unit * amount)}" xChannelSelector="R" yChannelSelector="G"/>`;

/** The depth of a lens; where nothing stands before it, the backdrop is the picture and stays sharp. */
function far(scene: Scene, share: number): string {
  const deviation = scene.brief.subjects.length === 0 ? 0 : scene.frame.unit * share;
  return filter('far', scene, `<feGaussianBlur stdDeviation="${num(deviation)}"/>`);
}

const TREATMENTS: Partial<Record<Style, (scene: Scene) => Treatment>> = {
  realistic: (scene) => ({
    ...PLAIN,
    filters:
      far(scene, 0.0055) +
      filter(
        'near',
        scene,
        `<feGaussianBlur in="SourceAlpha" stdDeviation="${num(scene.frame.unit * 0.007)}" result="soft"/><feOffset in="soft" dx="${num(scene.frame.unit * 0.005)}" dy="${num(scene.frame.unit * 0.008)}" result="cast"/><feComponentTransfer in="cast" result="cast"><feFuncA type="linear" slope="0.38"/></feComponentTransfer><feMerge><feMergeNode in="cast"/><feMergeNode in="SourceGraphic"/></feMerge>`,
      ),
    backdropFilter: 'far',
    subjectFilter: 'near',
    over: daylight(scene) + vignette(scene, 0.24),
    bleeds: true,
  }),
  anime: (scene) => ({
    ...PLAIN,
    filters: filter('ink', scene, morph('#22143a', Math.max(1, scene.frame.unit * 0.0034))),
    subjectFilter: 'ink',
    between: rays(scene),
  }),
  '3d-render': (scene) => ({
    ...PLAIN,
    filters: filter('gloss', scene, gloss(scene.frame.unit)) + far(scene, 0.0035),
    subjectFilter: 'gloss',
    backdropFilter: 'far',
    over: vignette(scene, 0.22, '#1a1440'),
    bleeds: true,
  }),
  watercolour: (scene) => ({
    ...PLAIN,
    filters:
      filter('wash', scene, ripple(scene.frame.unit, scene.random.whole(1, 99), 0.075)) +
      filter('brush', scene, ripple(scene.frame.unit, scene.random.whole(1, 99), 0.014)),
    backdropFilter: 'wash',
    subjectFilter: 'brush',
    bleeds: true,
  }),
  vintage: (scene) => ({ ...PLAIN, over: vignette(scene, 0.32, '#3a2412') }),
  noir: (scene) => ({ ...PLAIN, between: blinds(scene), over: vignette(scene, 0.6) }),
  minimal: (scene) => {
    const { frame, palette } = scene;
    const pale = lighten(palette.sky[2], palette.night ? 0.05 : 0.55);
    return {
      ...PLAIN,
      between:
        rect(0, 0, frame.width, frame.height, pale, {
          opacity: scene.brief.setting === 'abstract' ? 0.2 : 0.72,
        }) +
        circle(frame.width * 0.5, frame.height * 0.5, frame.unit * 0.36, palette.accents[1], {
          opacity: 0.5,
        }),
    };
  },
  'pop-art': (scene) => ({
    ...PLAIN,
    filters: filter('ink', scene, morph('#14101f', Math.max(1, scene.frame.unit * 0.003))),
    subjectFilter: 'ink',
    between: rays(scene) + halftone(scene),
  }),
  neon: (scene) => ({
    ...PLAIN,
    filters: filter(
      'glow',
      scene,
      morph(scene.palette.accents[2], scene.frame.unit * 0.004, scene.frame.unit * 0.005),
    ),
    subjectFilter: 'glow',
    between: rect(
      0,
      0,
      scene.frame.width,
      scene.frame.height,
      scene.defs.linear([
        [0, '#12042e', 0.82],
        [0.6, '#3a0a5e', 0.62],
        [1, '#05233a', 0.78],
      ]),
    ),
  }),
};

/** The style's part in the drawing. */
export function treatmentOf(style: Style, scene: Scene): Treatment {
  return TREATMENTS[style]?.(scene) ?? PLAIN;
}
