import type { Hex } from '../providers/local/images/colour.js';
import type { BrandKit } from './brand-kits.repository.js';
import { BRAND_ROLES, type BrandColour } from './brand-kits.dto.js';

/** A kit's colours, the leading one first. */
export function kitColours(kit: BrandKit | undefined): Hex[] {
  const ofKit = (kit?.colours ?? []) as unknown as readonly BrandColour[]; // written by brand kits alone
  const ordered = BRAND_ROLES.flatMap((wanted) => ofKit.filter(({ role }) => role === wanted));
  return ordered.map(({ hex }) => hex.toLowerCase() as Hex);
}
