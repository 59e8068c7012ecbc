import { artOf } from './art/art.js';
import { artLuminance } from './art/icons.js';
import { contrast, type Hex, luminance } from './colour.js';
import type { LuminanceMap } from './luminance-map.js';
import type { Item, Placed } from './layout-rules.js';
import type { Subject } from './prompt/brief.js';
import type { Random } from './random.js';
import { type Box, type Definitions, ellipse, num, place } from './svg.js';

/** Below this WCAG ratio a thing melts into what is behind it and gets an outline. */
export const LEAST_CONTRAST = 1.4;

/** WCAG 2.2, 1.4.11: below this a thing of one dark colour, such as a music note, is drawn in a light one instead. */
export const SILHOUETTE_CONTRAST = 3;
const DARK = 0.1;
const LIGHT: Hex = '#ffe9b8';

/** A drawn thing and how well it can be seen. */
export interface Placement {
  readonly subject: Subject;
  readonly box: Box;
  /** WCAG ratio between the thing (or its outline, if it needed one) and what is behind it. */
  readonly contrast: number;
  readonly outlined: boolean;
}

/** Turns subjects into single drawings, each of a number its own. */
export function itemsOf(subjects: readonly Subject[], random: Random): Item[] {
  return joined(singles(subjects, random));
}

/** A couple stands under its arch, not beside it. */
function joined(items: readonly Item[]): Item[] {
  const arch = items.find(({ subject }) => subject.art === 'draw:flower-arch');
  const couple = items.find(({ subject }) => /^draw:couple|^draw:bride$/.test(subject.art));
  if (arch === undefined || couple === undefined) return [...items];
  const { width, height } = arch.drawing;
  const scale = Math.min((width * 0.64) / couple.drawing.width, (height * 0.6) / couple.drawing.height);
  const body =
    arch.drawing.body +
    place(
      (width - couple.drawing.width * scale) / 2,
      height - couple.drawing.height * scale,
      scale,
      couple.drawing.body,
    );
  const pair: Item = {
    subject: {
      ...arch.subject,
      label: `${couple.subject.label} under ${arch.subject.label}`,
      art: 'draw:couple-under-arch',
      layer: 'ground',
      weight: 1.75,
    },
    drawing: { ...arch.drawing, body },
  };
  return [pair, ...items.filter((item) => item !== arch && item !== couple)];
}

function singles(subjects: readonly Subject[], random: Random): Item[] {
  const cheerful = random.shuffle(PARTY_COLOURS);
  return subjects.flatMap((subject, kind) =>
    Array.from({ length: subject.count }, (_, index) => {
      const colour =
        subject.colour ??
        (subject.count > 1 && PARTY_ART.test(subject.art) ? cheerful[index % cheerful.length] : undefined);
      const drawing = artOf(
        subject.art,
        `s${kind}n${index}`,
        random.fork(`${subject.art}/${kind}/${index}`),
        colour,
      );
      return { subject: { ...subject, colour }, drawing };
    }),
  );
}

/** Several of these are never all of one colour, unless asked for. */
const PARTY_ART = /balloon|tulip|kite|butterfly|cupcake/;
const PARTY_COLOURS: readonly Hex[] = ['#f2415b', '#2c8fe8', '#ffb300', '#3fb56b', '#8a4be0', '#ff7ac0'];

const FLIPPABLE = /^icon:|sports-car|speaker/;
const NEVER_FLIPPED = /laptop|keyboard|music|chart|calendar|book|clock/;

interface Outline {
  readonly colour: Hex;
  readonly luminance: number;
}

const OUTLINES: readonly Outline[] = [
  { colour: '#fffdf6', luminance: 0.98 },
  { colour: '#1b1730', luminance: 0.012 },
];

/** The outline colour that stands out from both the thing and what is behind it. */
function outlineFor(own: number, behind: number): Outline {
  const worth = ({ luminance }: Outline): number =>
    contrast(luminance, behind) * 2 + contrast(luminance, own);
  return OUTLINES.reduce((best, next) => (worth(next) > worth(best) ? next : best), {
    colour: '#fffdf6',
    luminance: 0.98,
  });
}

function markup(placed: Placed, outline: Outline | undefined, flip: boolean, lineWidth: number): string {
  const { drawing, box } = placed;
  const scale = box.width / drawing.width;
  const ring = Math.max(drawing.width, drawing.height) * lineWidth;
  const under =
    outline === undefined
      ? ''
      : `<g stroke="${outline.colour}" stroke-width="${num(ring)}" stroke-linejoin="round">${drawing.body.replace(/\bid="[^"]*"/g, '')}</g>`;
  return place(flip ? box.x + box.width : box.x, box.y, scale, under + drawing.body, flip);
}

const ownLuminance = ({ subject, drawing }: Placed): number =>
  artLuminance(
    `${subject.art}/${subject.colour ?? ''}`,
    drawing.body,
    `0 0 ${drawing.width} ${drawing.height}`,
  );

/** The one colour of a thing that has no other, where nobody chose it and it is dark. */
function silhouetteOf({ subject, drawing }: Placed, own: number): string | undefined {
  const [hex, ...others] = new Set(drawing.body.match(/#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi));
  return others.length === 0 && own < DARK && subject.colour === undefined ? hex : undefined;
}

/** Things of one dark colour in a light one where that is seen better; all of a kind alike. */
function lit(placed: readonly Placed[], behind: LuminanceMap): (Placed & { own: number })[] {
  const worst = (own: number, art: string): number =>
    Math.min(
      ...placed.filter(({ subject }) => subject.art === art).map(({ box }) => contrast(own, behind(box))),
    );
  return placed.map((item) => {
    const own = ownLuminance(item);
    const { art } = item.subject;
    const hex = silhouetteOf(item, own);
    if (hex === undefined || worst(own, art) >= SILHOUETTE_CONTRAST) return { ...item, own };
    if (worst(luminance(LIGHT), art) <= worst(own, art)) return { ...item, own };
    const body = item.drawing.body.replaceAll(hex, LIGHT);
    return { ...item, drawing: { ...item.drawing, body }, own: luminance(LIGHT) };
  });
}

function shadowOf({ box, layer }: Placed, fill: string): string {
  return layer === 'air'
    ? ''
    : ellipse(
        box.x + box.width / 2,
        box.y + box.height * 0.985,
        box.width * 0.48,
        Math.max(2, box.height * 0.045),
        fill,
      );
}

/** Draws the placed things over a measured backdrop. */
export function drawSubjects(
  placed: readonly Placed[],
  behind: LuminanceMap,
  defs: Definitions,
  { random, lineWidth }: { random: Random; lineWidth: number },
): { svg: string; placements: Placement[] } {
  const shade = defs.radial([
    [0, '#0a0818', 0.5],
    [0.6, '#0a0818', 0.28],
    [1, '#0a0818', 0],
  ]);
  const order = { air: 0, back: 1, ground: 2, front: 3 } as const;
  const sorted = lit(placed, behind).sort(
    (a, b) => order[a.layer] - order[b.layer] || a.box.y + a.box.height - (b.box.y + b.box.height),
  );
  const middle = sorted.reduce((sum, { box }) => sum + box.x + box.width / 2, 0) / Math.max(1, sorted.length);
  const parts: string[] = [];
  const placements = sorted.map((item) => {
    const { subject, box, own } = item;
    const back = behind(box);
    const plain = contrast(own, back);
    const outline = plain < LEAST_CONTRAST ? outlineFor(own, back) : undefined;
    // Most drawings look to the left: on the left side of a group they are turned to look at the others.
    const flip =
      FLIPPABLE.test(subject.art) &&
      !NEVER_FLIPPED.test(subject.art) &&
      (sorted.length > 1 ? box.x + box.width / 2 < middle : random.chance(0.5));
    parts.push(shadowOf(item, shade), markup(item, outline, flip, lineWidth));
    return {
      subject,
      box,
      contrast: outline === undefined ? plain : contrast(outline.luminance, back),
      outlined: outline !== undefined,
    };
  });
  return { svg: parts.join(''), placements };
}
