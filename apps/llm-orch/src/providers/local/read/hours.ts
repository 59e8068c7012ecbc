import type { EventType } from '../data/event-types.js';
import { FAMILIES } from '../data/families.js';

/** Hours from start to end, over midnight too. */
export function hoursBetween(start: number | undefined, end: number | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  return ((end - start + 1440) % 1440) / 60 || undefined;
}

const EVENING_FAMILIES = new Set(['networking', 'gala', 'party', 'meal', 'concert', 'launch']);
const MORNING = 9 * 60;
const EVENING = 18 * 60;

/** The start that "breakfast", "lunch", "morning" or "evening" speak of. */
export function partOfDay(text: string, type: EventType): number | undefined {
  if (/\bbreakfast\b/i.test(text) && ['networking', 'meal'].includes(type.family)) return 8 * 60;
  if (/\b(?:lunch(?:eon|time)?|midday|noon)\b/i.test(text) && EVENING_FAMILIES.has(type.family))
    return 12 * 60 + 30;
  if (/\bbrunch\b/i.test(text)) return 11 * 60;
  if (/\bafternoon\b/i.test(text)) return 14 * 60;
  const { start } = FAMILIES[type.family];
  if (/\bmorning\b/i.test(text) && start > MORNING) return MORNING;
  if (/\bevening\b/i.test(text) && start < EVENING - 2 * 60) return EVENING;
  return undefined;
}
