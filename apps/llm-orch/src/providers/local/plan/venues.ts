import type { Brief } from '../brief.js';
import { formatCount, worded } from './wording.js';

interface Venue {
  readonly setting: string;
  readonly smallest: number;
  readonly largest: number;
  readonly name: string;
  readonly why: string;
  readonly traits: string;
}

const MOST = 4;
/** For what usually stands under the sky. */
const UNDER_A_ROOF = {
  name: 'Community hall, sports hall or large barn',
  why: 'room for the usual programme with a roof over it',
};

/** Venue ideas for type, head-count, setting and place: kinds of house, never names that we cannot know. */
export function planVenues(lines: readonly string[], brief: Brief): { name: string; why: string }[] {
  const venues = lines.flatMap((line) => venueOf(line, brief));
  const fitting = venues.filter((venue) => fitsSetting(venue, brief) && fitsPlace(venue, brief));
  const sized = fitting.filter((venue) => fitsSize(venue, brief));
  const chosen = (sized.length > 0 ? sized : largest(fitting))
    .sort((a, b) => rank(b, brief) - rank(a, brief))
    .slice(0, MOST);
  const ideas = chosen.map(({ name, why }) => ({ name, why }));
  return [
    ...statedVenue(brief),
    ...(ideas.length === 0 && brief.setting === 'indoor' ? [UNDER_A_ROOF] : ideas),
  ];
}

function statedVenue({ place, guests }: Brief): { name: string; why: string }[] {
  if (place.venue === undefined) return [];
  const check = guests ? `capacity for ${formatCount(guests.count)}` : 'capacity';
  return [
    {
      name: place.venue,
      why: `named by you; check ${check}, access and end time, and keep the others as fall-back`,
    },
  ];
}

function venueOf(line: string, brief: Brief): Venue[] {
  const [setting = 'in', size = '', name = '', why = '', traits = ''] = line.split('|');
  const [smallest = '1', largest = '1'] = size.split('-');
  const said = worded(name, brief);
  if (said === undefined) return [];
  return [
    {
      setting,
      smallest: Number(smallest),
      largest: Number(largest),
      name: said,
      why: worded(why, brief) ?? 'suits the size',
      traits: traits.trim(),
    },
  ];
}

function fitsSetting({ setting }: Venue, { setting: wanted }: Brief): boolean {
  if (wanted === 'outdoor') return setting !== 'in';
  return wanted === 'indoor' ? setting !== 'out' : true;
}

/** Beach, water and hills only where the gazetteer knows of them; `-i` keeps a kind out of South Asia. */
function fitsPlace({ traits }: Venue, { place }: Brief): boolean {
  if (traits.startsWith('-'))
    return ![...traits.slice(1)].some((trait) => place.city?.traits.includes(trait) === true);
  return traits === '' || [...traits].some((trait) => place.city?.traits.includes(trait) === true);
}

function fitsSize({ smallest, largest: most }: Venue, { guests }: Brief): boolean {
  return guests === undefined || (guests.count >= smallest && guests.count <= most);
}

function largest(venues: readonly Venue[]): Venue[] {
  return [...venues].sort((a, b) => b.largest - a.largest).slice(0, 2);
}

/** What the caller's words or the city's nature speak for comes first; ties keep the family's order. */
function rank({ name, why, traits }: Venue, { text }: Brief): number {
  const wish = [
    'beach',
    'garden',
    'park',
    'rooftop',
    'lake',
    'home',
    'restaurant',
    'hotel',
    'museum',
    'barn',
    'farm',
    'golf',
    'palace',
    'club',
  ].some(
    (word) =>
      new RegExp(`\\b${word}`, 'i').test(text) && new RegExp(`\\b${word}`, 'i').test(`${name} ${why}`),
  );
  return (wish ? 2 : 0) + (traits === '' || traits.startsWith('-') ? 0 : 1);
}
