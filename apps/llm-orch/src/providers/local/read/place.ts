import type { Place } from '../brief.js';
import type { City } from '../data/cities.js';
import { AMBIGUOUS_CITIES, CITIES, CITY_ALIASES, COUNTRY_NAMES } from '../data/cities.js';

const BY_NAME = new Map<string, City>(CITIES.map((city) => [city.name.toLowerCase(), city]));
for (const [alias, name] of Object.entries(CITY_ALIASES)) {
  const city = BY_NAME.get(name.toLowerCase());
  if (city) BY_NAME.set(alias, city);
}

const NAMES = [...BY_NAME.keys(), 'la', 'sf']
  .sort((a, b) => b.length - a.length)
  .map(escape)
  .join('|');
const PREPOSITION =
  '(?:in|at|near|around|outside|people|guests|pax|attendees|participants|location:?|venue:?|city:?|place:?|where:?|based in|held in|to|from)';
const CITY = new RegExp(
  `(?<before>[\\p{L}\\d]+[:,]?\\s+|^)?(?<![\\p{L}])(?<name>${NAMES})(?![\\p{L}])(?<after>[-\\s]\\w+)?`,
  'giu',
);

const LABEL =
  /(?:^|[\n,;.]\s*|\bcontext:\s*)(?:location|city|place|where)\s*[:=]\s*(?<value>[^\n;]+?)(?=\s*(?:[.;\n]|,\s*[A-Za-z][\w /-]{1,24}[:=]|$))/iu;
const VENUE_LABEL =
  /(?:^|[\n,;.]\s*|\bcontext:\s*)venue\s*[:=]\s*(?<value>[^\n;]+?)(?=\s*(?:[.;\n]|,\s*[A-Za-z][\w /-]{1,24}[:=]|$))/iu;
const CAPITALISED = "[A-ZÀ-ÖØ-Þ][\\p{L}'’-]*(?:\\.(?=\\s[A-Z]))?";
const CHAIN = `${CAPITALISED}(?:\\s+(?:(?:de|da|do|del|della|la|le|les|los|las|of|the|and|&|al|el|am|upon|sur)\\s+)?${CAPITALISED})*`;
const IN_PLACE = new RegExp(
  `(?<![\\p{L}])(?:in|near|outside|around)\\s+(?:the\\s+)?(?<value>${CHAIN})`,
  'gu',
);
const AT_VENUE = new RegExp(`(?<![\\p{L}])at\\s+(?:the\\s+)?(?<value>${CHAIN})`, 'gu');

const NOT_A_PLACE =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Spring|Summer|Autumn|Fall|Winter|Christmas|Easter|Diwali|Thanksgiving|English|French|German|Spanish|Italian|Hindi|Portuguese|Arabic|Japanese|Chinese|Dutch|Markdown|JSON|HTML|Q[1-4]|AI|I|USD|EUR|GBP|INR|Context|Budget|Location|Total|Person|UTC|GMT|PM|AM|Please|Write|Make|Include|Plan)\b/;

/** City, other place and venue of a text. A city from the gazetteer beats a capitalised word after "in". */
export function readPlace(text: string): Place {
  const city = findCity(text);
  const venue = labelled(text, VENUE_LABEL) ?? atVenue(text, city);
  const label = labelled(text, LABEL);
  if (label !== undefined) return fromLabel(label, venue);
  if (city) return { name: city.name, city, ...(venue === undefined ? {} : { venue }) };
  const name = first(text, IN_PLACE);
  return { ...(name === undefined ? {} : { name }), ...(venue === undefined ? {} : { venue }) };
}

function fromLabel(label: string, venue: string | undefined): Place {
  const city = findCity(`in ${label}`);
  const named =
    city && label.toLowerCase() !== city.name.toLowerCase() ? venueOfLabel(label, city) : undefined;
  const stated = venue ?? named;
  return {
    name: city?.name ?? label,
    ...(city ? { city } : {}),
    ...(stated === undefined ? {} : { venue: stated }),
  };
}

/** "Taj Lands End, Mumbai" names a venue in front of the city; "Mumbai, India" does not. */
function venueOfLabel(label: string, city: City): string | undefined {
  const head = label.split(',')[0]?.trim() ?? '';
  const isCity = BY_NAME.get(head.toLowerCase()) === city || head === city.country;
  return label.includes(',') && !isCity && head.length > 2 ? head : undefined;
}

function findCity(text: string): City | undefined {
  const lowerCase = !/\p{Lu}/u.test(text);
  for (const match of text.matchAll(CITY)) {
    const city = believed(match, lowerCase);
    if (city) return city;
  }
  return undefined;
}

/** Who writes without capitals writes cities without them too. */
function believed(match: RegExpMatchArray, lowerCase: boolean): City | undefined {
  const { name = '', before = '', after = '' } = match.groups ?? {};
  if (/^[-\s](?:themed?|style|inspired|food|cuisine|times?|fashion)$/i.test(after)) return undefined;
  if (name === 'LA') return BY_NAME.get('los angeles');
  if (name === 'SF') return BY_NAME.get('san francisco');
  const city = BY_NAME.get(name.toLowerCase());
  const capital = /^\p{Lu}/u.test(name);
  const led = new RegExp(`^${PREPOSITION}$`, 'i').test(before.trim());
  if (!city || (!capital && !led && !(lowerCase && name.length > 3))) return undefined;
  return AMBIGUOUS_CITIES.has(city.name) && !(capital && (led || before.trim().endsWith(',')))
    ? undefined
    : city;
}

function labelled(text: string, label: RegExp): string | undefined {
  const value = label
    .exec(text)
    ?.groups?.['value']?.trim()
    .replace(/[.,]+$/, '');
  return value === undefined ||
    value === '' ||
    value.length > 80 ||
    /^(?:tbd|tba|unknown|any|n\/a)/i.test(value)
    ? undefined
    : value;
}

function atVenue(text: string, city: City | undefined): string | undefined {
  const value = first(text, AT_VENUE);
  return value !== undefined && BY_NAME.get(value.toLowerCase()) !== city
    ? value
    : city || value === undefined
      ? undefined
      : value;
}

function first(text: string, pattern: RegExp): string | undefined {
  for (const match of text.matchAll(pattern)) {
    const value = match.groups?.['value']?.replace(/\s+(?:and|&|of|the)$/, '');
    if (value !== undefined && !NOT_A_PLACE.test(value) && value.length <= 60) return value;
  }
  return undefined;
}

/** Whether dates like 3/5 are written day first where the event is; the United States write the month first. */
export function writesDayFirst(place: Place, text: string): boolean {
  if (place.city) return place.city.country !== 'United States';
  if (COUNTRY_NAMES.some((country) => country !== 'United States' && text.includes(country))) return true;
  return /[€£₹]|\b(?:EUR|GBP|INR|AED)\b/.test(text);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
