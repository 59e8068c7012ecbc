import type { Hex } from '../colour.js';
import type { Random } from '../random.js';
import { isHeadOnly, seatedAnimal } from './animals.js';
import type { Drawing } from './drawing.js';
import { FIGURES } from './figures.js';
import { ICON_UNITS, iconBody } from './icons.js';
import { STRUCTURES } from './structures.js';
import { THINGS } from './things.js';

const DRAWINGS = { ...FIGURES, ...THINGS, ...STRUCTURES };

/** Names of all our own drawings. */
export const drawingNames = (): string[] => Object.keys(DRAWINGS);

/**
 * The markup of a piece of art.
 * @param art `icon:<name>` or `draw:<name>`
 * @param scope unique in the picture, letters and digits only: it keeps ids apart
 */
export function artOf(art: string, scope: string, random: Random, colour: Hex | undefined): Drawing {
  const [kind, name = ''] = art.split(':');
  const draw = kind === 'draw' ? DRAWINGS[name] : undefined;
  if (draw !== undefined) return draw(random, colour);
  if (isHeadOnly(name)) return seatedAnimal(name, scope, colour);
  return { body: iconBody(name, scope, colour), width: ICON_UNITS, height: ICON_UNITS };
}
