import type { Brief, Exclusion } from '../brief.js';
import type { EventType } from '../data/event-types.js';

/** A condition is not a refusal: "not outdoors if it rains". */
const OUTDOORS = /(?<![\p{L}])(?:outdoors?|open[- ]air|outside)(?![\p{L}])(?!\s+(?:please\s+)?if\b)/giu;
const OPEN_PLACES = /(?<![\p{L}])(?:beach|garden|park|rooftop|lakeside|poolside|campsite)(?![\p{L}])/giu;
const INDOORS = /(?<![\p{L}])(?:indoors?|inside only)(?![\p{L}])/giu;
const SCREENS =
  /\b(?:virtual|online(?! (?:form|registration|store|shop|tickets?|sales))|remote(?:ly)?|over zoom|on zoom|ms teams|webinar)\b/gi;
const DENIED =
  /(?:\bnot?|n[’']t|\bnever|\bwithout|\bavoid|\brather than|\binstead of|\bnothing)\b(?:\s+(?:an?|the|any|be|want|to|have|held|it|in|at|hold|host|like)){0,4}\s+$/i;

/** What an event under a roof cannot use: rain tents as little as lawns. */
const OPEN_AIR =
  /(?<![\p{L}])(?:outdoors?|open[- ]air|gardens?|lawns?|rooftop|terraces?|courtyard|beach|park|square|marquees?|tents?|rain|weather|outside)(?![\p{L}])/iu;

/** Where the event takes place: `virtual` and `hybrid` beat roof and sky; "not outdoors" means indoors. */
export function readSetting(text: string, type: EventType): Brief['setting'] {
  if (spoken(text, /\bhybrid\b/gi) === 'wanted') return 'hybrid';
  if (spoken(text, SCREENS) === 'wanted') return 'virtual';
  const outdoors = spoken(text, OUTDOORS);
  const indoors = spoken(text, INDOORS);
  const places = outdoors === undefined && spoken(text, OPEN_PLACES) === 'wanted';
  if (outdoors === 'wanted' || places) return indoors === 'wanted' ? undefined : 'outdoor';
  if (indoors === 'wanted' || outdoors === 'denied') return 'indoor';
  if (indoors === 'denied') return 'outdoor';
  return type.family === 'picnic' ? 'outdoor' : undefined;
}

/** Indoors only: nothing of the plan may stand under the sky. */
export function settingExclusions(setting: Brief['setting']): Exclusion[] {
  return setting === 'indoor' ? [{ label: '', words: OPEN_AIR }] : [];
}

function spoken(text: string, words: RegExp): 'wanted' | 'denied' | undefined {
  const hits = [...text.matchAll(words)].map(({ index }) =>
    DENIED.test(text.slice(Math.max(0, index - 40), index)),
  );
  if (hits.length === 0) return undefined;
  return hits.includes(false) ? 'wanted' : 'denied';
}
