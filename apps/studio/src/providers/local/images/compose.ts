import { createNoise2D } from 'simplex-noise';
import type { Backdrop, Scene } from './backdrops/backdrop.js';
import { paint } from './backdrops/paint.js';
import { type Composition, type CompositionRequest, labels, limitsOf, posterFrame } from './composition.js';
import { layOut } from './layout.js';
import type { Room, SafeArea } from './layout-rules.js';
import { luminanceMap } from './luminance-map.js';
import { type Palette, paletteOf } from './palette.js';
import type { Brief } from './prompt/brief.js';
import { parsePrompt } from './prompt/parse.js';
import { createRandom, hash32 } from './random.js';
import { type Style, styleInPrompt, styleNamed } from './styles/styles.js';
import { BLEED, type Treatment, treatmentOf } from './styles/treatment.js';
import { drawSubjects, itemsOf } from './subjects-layer.js';
import { type Box, Definitions, frameOf, num } from './svg.js';
import { type Title, titleOf } from './title.js';

/** Part of every seed: raise it when the drawing changes, so that old pictures are not taken for reproducible. */
export const COMPOSER_VERSION = '2';

/** Width of an outline as a share of the thing's size; brushes blur a broad one into dirt. */
const LINE = 0.02;

const FINE_LINE = 0.011;

/** Of the ground's depth, and of the picture's width, what is left of them at least. */
const LEAST_DEPTH = 0.3;
const LEAST_WIDTH = 0.3;

const group = (body: string, filter: string | undefined): string =>
  body === '' ? '' : filter === undefined ? `<g>${body}</g>` : `<g filter="url(#${filter})">${body}</g>`;

/** The backdrop, large enough to reach over the bleed. */
function enlarged(body: string, { bleeds }: Treatment, { frame }: Scene): string {
  if (!bleeds) return body;
  const scale = 1 + 2.4 * BLEED;
  return `<g transform="translate(${num((frame.width * (1 - scale)) / 2)} ${num((frame.height * (1 - scale)) / 2)}) scale(${scale})">${body}</g>`;
}

function sceneOf(request: CompositionRequest, style: Style): Scene {
  const brief = parsePrompt(request.prompt, request.negativePrompt);
  const seed = hash32(
    `${COMPOSER_VERSION}|${request.seed >>> 0}|${request.variantIndex}|${request.prompt}|${request.negativePrompt ?? ''}`,
  );
  const random = createRandom(seed);
  const grain = random.fork('noise');
  const noise = createNoise2D(() => grain.next());
  const decor =
    style === 'minimal'
      ? new Set([...brief.decor].filter((item) => !['petals', 'confetti'].includes(item)))
      : brief.decor;
  return {
    frame: frameOf(request.width, request.height),
    brief: { ...brief, decor },
    palette: paletteOf(brief, random.fork('palette')),
    random: random.fork('scene'),
    noise,
    defs: new Definitions(),
  };
}

function document(
  scene: Scene,
  treatment: Treatment,
  layers: { behind: string; subjects: string; front: string; top: string },
): string {
  const { width, height, unit } = scene.frame;
  const bleed = treatment.bleeds ? Math.ceil(unit * BLEED) : 0;
  const [x, y, w, h] = [-bleed, -bleed, width + bleed * 2, height + bleed * 2];
  const behind = group(enlarged(layers.behind, treatment, scene), treatment.backdropFilter);
  const body =
    behind +
    treatment.between +
    group(layers.subjects, treatment.subjectFilter) +
    layers.front +
    treatment.over +
    layers.top;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}">${scene.defs.toString()}${treatment.filters}${body}</svg>`;
}

const bare = (scene: Scene, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.frame.width}" height="${scene.frame.height}">${scene.defs.toString()}${body}</svg>`;

interface Arrangement {
  readonly scene: Scene;
  readonly style: Style;
  readonly preset: Style | undefined;
  readonly backdrop: Backdrop;
  readonly treatment: Treatment;
  readonly title: Title | undefined;
  readonly drawn: ReturnType<typeof drawSubjects>;
}

/** The same room, inside the safe area, with some depth left to stand on. */
function within({ frame, ground, air, ceiling }: Room, { left, top, right, bottom }: SafeArea): Room {
  const across = (box: Box): Box => {
    const [from, to] = [
      Math.max(box.x, frame.width * left),
      Math.min(box.x + box.width, frame.width * right),
    ];
    return { ...box, x: from, width: Math.max(to - from, frame.width * LEAST_WIDTH) };
  };
  const lowest = Math.min(ground.y + ground.height, frame.height * bottom);
  const y = Math.min(ground.y, lowest - ground.height * LEAST_DEPTH);
  return {
    frame,
    ground: { ...across(ground), y, height: lowest - y },
    air: air.map(across),
    ceiling: Math.max(ceiling, frame.height * top),
  };
}

function arrange(request: CompositionRequest): Arrangement {
  const preset = request.stylePreset === undefined ? undefined : styleNamed(request.stylePreset);
  const style =
    preset ?? (request.stylePreset === undefined ? styleInPrompt(request.prompt) : undefined) ?? 'flat';
  const scene = sceneOf(request, style);
  const { frame, brief, random } = scene;
  const backdrop = paint(scene);
  const treatment = treatmentOf(style, scene);
  const title = brief.title === undefined ? undefined : titleOf(brief.title, frame, scene.palette);
  const ceiling = Math.max(frame.height * 0.05, (title?.bottom ?? 0) + frame.height * 0.02);
  const room: Room = { frame, ground: backdrop.ground, air: backdrop.air, ceiling };
  const placed = layOut(
    itemsOf(brief.subjects, random.fork('art')),
    request.safe === undefined ? room : within(room, request.safe),
    random.fork('layout'),
  );
  const measured = luminanceMap(bare(scene, backdrop.behind + treatment.between), frame);
  const drawn = drawSubjects(placed, measured, scene.defs, {
    random: random.fork('draw'),
    lineWidth: style === 'artistic' || style === 'watercolour' ? FINE_LINE : LINE,
  });
  return { scene, style, preset, backdrop, treatment, title, drawn };
}

/**
 * Composes a picture. Pure: equal requests give equal drawings, byte for byte.
 * The prompt's words choose among drawings and numbers; none of them is ever copied into the SVG.
 */
export function compose(request: CompositionRequest): Composition {
  const { scene, style, preset, backdrop, treatment, title, drawn } = arrange(request);
  const { frame, brief } = scene;
  const top = (brief.poster && brief.setting !== 'conference' ? posterFrame(scene) : '') + (title?.svg ?? '');
  return {
    svg: document(scene, treatment, {
      behind: backdrop.behind,
      subjects: drawn.svg,
      front: backdrop.front,
      top,
    }),
    bleed: treatment.bleeds ? Math.ceil(frame.unit * BLEED) : 0,
    style,
    seed: request.seed >>> 0,
    brief,
    placements: drawn.placements,
    titleBox: title === undefined ? undefined : { x: 0, y: 0, width: frame.width, height: title.bottom },
    subjects: labels(scene, backdrop),
    limits: limitsOf(request, scene, preset, title),
  };
}

/** A picture in three sheets, for a camera that moves between them: each an SVG of the whole frame, drawn flat. */
export interface LayeredComposition {
  readonly behind: string;
  readonly subjects: string;
  readonly front: string;
  readonly brief: Brief;
  readonly palette: Palette;
  readonly limits: string[];
}

/** As {@link compose}, without styles and title. */
export function composeLayers(request: Omit<CompositionRequest, 'stylePreset'>): LayeredComposition {
  const flat: CompositionRequest = { ...request, stylePreset: 'flat' };
  const { scene, preset, backdrop, drawn } = arrange(flat);
  return {
    behind: bare(scene, backdrop.behind),
    subjects: bare(scene, drawn.svg),
    front: bare(scene, backdrop.front),
    brief: scene.brief,
    palette: scene.palette,
    limits: limitsOf(flat, scene, preset, undefined),
  };
}
