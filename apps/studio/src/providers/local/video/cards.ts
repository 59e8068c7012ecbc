import { num, rect } from '../images/svg.js';
import type { Palette } from '../images/palette.js';
import { lighten, luminance } from '../images/colour.js';
import { type Face, fitted, lineMarkup, setLine } from './typesetter.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

const svg = ({ width, height }: Size, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(height)}">${body}</svg>`;

/** The accent that shines on dark ground. */
export const brightAccent = ({ accents }: Palette): string => {
  const best = [...accents].sort((a, b) => luminance(b) - luminance(a))[0] ?? '#ffffff';
  return luminance(best) < 0.3 ? lighten(best, 0.4) : best;
};

/** The title in the middle of the picture, with its kicker above and a rule below; transparent elsewhere. */
export function titleCard(
  size: Size,
  { title, kicker, face, accent }: { title: string; kicker: string; face: Face; accent: string },
): string {
  const unit = Math.min(size.width, size.height);
  const tall = size.height > size.width;
  const type = fitted(title, face, {
    width: size.width * 0.84,
    rows: tall ? 5 : 3,
    largest: unit * (tall ? 0.125 : 0.135),
  });
  const leading = type.size * (face === 'serif' ? 1.2 : 1.16);
  const small = unit * 0.036;
  const top = (size.height - leading * type.lines.length) / 2 + type.size * 0.82;
  const lines = type.lines.map((text, index) => {
    const line = setLine(text, face, type.size);
    return lineMarkup(line, (size.width - line.width) / 2, top + index * leading, '#ffffff');
  });
  const above = setLine(kicker.toUpperCase(), 'light', small, small * 0.28);
  const ruleY = top + (type.lines.length - 1) * leading + type.size * 0.52;
  const rule = rect((size.width - unit * 0.18) / 2, ruleY, unit * 0.18, Math.max(2, unit * 0.008), accent, {
    rx: unit * 0.004,
  });
  const kickerLine = lineMarkup(
    above,
    (size.width - above.width) / 2,
    top - type.size * 0.82 - small * 1.1,
    accent,
  );
  return svg(size, (kicker === '' ? '' : kickerLine) + lines.join('') + rule);
}

/** A card and where its plate lies, in pixels from the top. */
export interface CaptionCard {
  readonly svg: string;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A dark plate with an accent, text in at most two lines (three in tall pictures). A lower third; in tall pictures it is
 * above, where there is room to spare and where players put no buttons.
 */
export function captionCard(
  size: Size,
  text: string,
  accent: string,
  align: 'left' | 'centre' = 'left',
): CaptionCard {
  const unit = Math.min(size.width, size.height);
  const tall = size.height > size.width;
  const type = fitted(text, 'sans', {
    width: size.width * (tall ? 0.78 : 0.62),
    rows: tall ? 3 : 2,
    largest: unit * (tall ? 0.062 : 0.056),
  });
  const leading = type.size * 1.3;
  const lines = type.lines.map((each) => setLine(each, 'sans', type.size));
  const pad = type.size * 0.62;
  const bar = Math.max(3, type.size * 0.16);
  const plate: Size = {
    width: Math.max(...lines.map(({ width }) => width), 0) + pad * 2 + bar,
    height: leading * lines.length + pad * 1.1,
  };
  const x = tall || align === 'centre' ? (size.width - plate.width) / 2 : size.width * 0.055;
  const y =
    tall && align === 'left' ? size.height * 0.12 : size.height * (tall ? 0.86 : 0.915) - plate.height;
  const body =
    rect(x, y, plate.width, plate.height, '#0e0c20', { opacity: 0.8, rx: type.size * 0.22 }) +
    rect(x, y, bar, plate.height, accent, { rx: bar / 2 }) +
    lines
      .map((line, index) =>
        lineMarkup(line, x + bar + pad, y + pad * 0.55 + type.size * 0.98 + index * leading, '#ffffff'),
      )
      .join('');
  return { svg: svg(size, body), top: y, bottom: y + plate.height };
}
