import { aurora } from './aurora.js';
import { conference } from './conference.js';
import type { Design } from './design.js';
import { editorial } from './editorial.js';
import { festival } from './festival.js';
import { gala } from './gala.js';
import { garden } from './garden.js';
import { hero } from './hero.js';
import { kids } from './kids.js';
import { swiss } from './swiss.js';
import { wedding } from './wedding.js';

/** All designs; a job keeps the id of its own. */
export const DESIGNS: readonly Design[] = [
  editorial,
  conference,
  festival,
  wedding,
  kids,
  gala,
  swiss,
  hero,
  aurora,
  garden,
];

export const designNamed = (id: string): Design | undefined => DESIGNS.find((design) => design.id === id);
