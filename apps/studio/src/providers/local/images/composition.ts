import { cutText } from '../../cut-text.js';
import type { Drawing } from '../../image-edit-provider.js';
import type { Backdrop, Scene } from './backdrops/backdrop.js';
import type { SafeArea } from './layout-rules.js';
import type { Brief } from './prompt/brief.js';
import type { Style } from './styles/styles.js';
import type { Placement } from './subjects-layer.js';
import { type Box, num, polygon } from './svg.js';
import type { Title } from './title.js';

/** What is to be composed. `width` and `height` in pixels. */
export interface CompositionRequest extends Drawing {
  /** Where things stay, e.g. beside a caption; by default the whole picture is theirs. */
  readonly safe?: SafeArea;
}

/** A drawing, ready to be rendered. */
export interface Composition {
  readonly svg: string;
  /** Pixels of the SVG beyond each edge of the picture, to be cut off. */
  readonly bleed: number;
  readonly style: Style;
  readonly seed: number;
  readonly brief: Brief;
  readonly placements: readonly Placement[];
  readonly titleBox: Box | undefined;
  readonly subjects: string[];
  readonly limits: string[];
}

/** Always said, so that nobody takes the picture for a photograph or a diffusion model's work. */
export const HONEST_LABEL =
  'vector illustration composed from a drawing library, not a photograph and not made by a generative model';

/** A frame and corners make a poster of any scene. */
export function posterFrame({ frame, palette }: Scene): string {
  const inset = frame.unit * 0.022;
  const line = frame.unit * 0.006;
  const corner = frame.unit * 0.11;
  const { width, height } = frame;
  return (
    `<rect x="${num(inset)}" y="${num(inset)}" width="${num(width - inset * 2)}" height="${num(height - inset * 2)}" fill="none" stroke="#ffffff" stroke-width="${num(line)}" opacity="0.85"/>` +
    polygon(
      [
        [0, 0],
        [corner, 0],
        [0, corner],
      ],
      palette.accents[0],
    ) +
    polygon(
      [
        [width, height],
        [width - corner, height],
        [width, height - corner],
      ],
      palette.accents[2],
    ) +
    polygon(
      [
        [width, 0],
        [width - corner * 0.62, 0],
        [width, corner * 0.62],
      ],
      palette.accents[1],
    ) +
    polygon(
      [
        [0, height],
        [corner * 0.62, height],
        [0, height - corner * 0.62],
      ],
      palette.accents[3],
    )
  );
}

/** What the caller must be told about a picture. */
export function limitsOf(
  request: CompositionRequest,
  { brief }: Scene,
  preset: Style | undefined,
  title: Title | undefined,
): string[] {
  const limits = [HONEST_LABEL, ...brief.notes];
  const known = brief.subjects.length > 0 || brief.settingKnown;
  if (brief.undrawn.length > 0) limits.push(`not drawn: ${brief.undrawn.join(', ')}`);
  if (!known)
    limits.push('no subject of the prompt is known: an abstract composition in its mood was drawn instead');
  if (request.stylePreset !== undefined && preset === undefined)
    limits.push(`style preset "${cutText(request.stylePreset, 40)}" is not known: drawn flat`);
  if (preset === 'realistic') limits.push('the realistic style is soft light and depth on an illustration');
  if (title !== undefined && title.missing !== '')
    limits.push(`letters the font lacks were left out: ${title.missing}`);
  return limits;
}

/** What was drawn, in words. */
export function labels({ brief }: Scene, backdrop: Backdrop): string[] {
  const things = brief.subjects.map(({ label, count }) => (count > 1 ? `${count} x ${label}` : label));
  return [...new Set([...things, ...backdrop.drawn])];
}
