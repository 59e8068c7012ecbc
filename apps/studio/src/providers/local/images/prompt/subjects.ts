import type { Hex } from '../colour.js';
import { hasIcon } from '../art/icons.js';
import { DRAWING_NAMES } from '../art/drawing-names.js';
import type { Subject } from './brief.js';
import type { EventKind } from './events.js';
import type { Match } from './matches.js';
import { FESTIVE_ART, GENERIC_PEOPLE, GROUP_ART, HUMAN_ART, traitsOf } from './subject-traits.js';

/** More of one kind would be too small to read. */
export const MOST_OF_A_KIND = 12;
const MOST_GROUPS = 2;
/** More kinds would fill the picture with specks. */
export const MOST_KINDS = 12;
const PLAIN_PLURAL = 3;
const COLOUR_REACH = 2;

const exists = (art: string): boolean =>
  art.startsWith('icon:')
    ? hasIcon(art.slice(5))
    : art.startsWith('draw:') && DRAWING_NAMES.has(art.slice(5));

/** What the matches ask for by name, with the colours and numbers in front of each. */
export interface Asked {
  readonly subjects: Subject[];
  readonly decor: Set<string>;
  /** Colours that belong to no thing: they colour the whole picture. */
  readonly colours: Hex[];
  readonly notes: string[];
}

/** "Lamps" at an event are as many as the event usually has. */
const usualCount = (art: string, events: readonly EventKind[]): number =>
  Math.max(
    PLAIN_PLURAL,
    ...events.flatMap((event) =>
      event.art.filter((item) => item.startsWith(`${art}*`)).map((item) => Number(item.split('*')[1])),
    ),
  );

/** What a prompt's things are there for. */
interface Occasion {
  readonly events: readonly EventKind[];
  readonly elegant: boolean;
}

/** Guests of a gala or a wedding come in their best clothes, and so does whoever is to look elegant. */
const dressedFor = ({ events, elegant }: Occasion, art: string): string => {
  const dressy = elegant || events.some((event) => event.art.some((item) => FESTIVE_ART.test(item)));
  return dressy && art === 'draw:person-casual' ? 'draw:person-formal' : art;
};

function subjectOf(
  match: Match,
  count: number | undefined,
  colour: Hex | undefined,
  notes: string[],
  occasion: Occasion,
): Subject {
  const tree =
    match.art === 'icon:deciduous-tree' &&
    occasion.events.some((event) => event.art.includes('icon:christmas-tree'));
  const art = tree ? 'icon:christmas-tree' : dressedFor(occasion, match.art ?? '');
  const wanted = count ?? (match.plural ? usualCount(art, occasion.events) : 1);
  const most = GROUP_ART.test(art) ? MOST_GROUPS : MOST_OF_A_KIND;
  if (wanted > most) notes.push(`${wanted} x "${match.phrase}" were asked for, ${most} are drawn`);
  return {
    label: match.phrase,
    art,
    count: Math.min(wanted, most),
    colour,
    asked: true,
    ...traitsOf(art),
  };
}

/** "A camel caravan": the number comes after the thing. */
function follow(subjects: Subject[], match: Match): void {
  const last = subjects.at(-1);
  if (match.phrase === 'caravan' && last !== undefined)
    subjects[subjects.length - 1] = { ...last, count: match.count ?? 1 };
}

/** Walks the matches in order; a colour or number waits for the next thing, at most {@link COLOUR_REACH} words on. */
export function collectAsked(matches: readonly Match[], events: readonly EventKind[] = []): Asked {
  const asked: Asked = { subjects: [], decor: new Set(), colours: [], notes: [] };
  const occasion: Occasion = { events, elegant: matches.some(({ mood }) => mood === 'elegant') };
  let colour: { value: Hex; word: string; reach: number } | undefined;
  let count: number | undefined;
  for (const match of matches) {
    if (match.negated) continue;
    if (match.art !== undefined && count === 0) {
      count = undefined;
      continue;
    }
    if (match.count !== undefined) {
      count = match.count;
      follow(asked.subjects, match);
    }
    if (match.colour !== undefined) {
      if (colour !== undefined) asked.colours.push(colour.value);
      colour = { value: match.colour, word: match.phrase, reach: COLOUR_REACH };
      continue;
    }
    if (match.art?.startsWith('decor:') === true) asked.decor.add(match.art.slice(6));
    else if (match.art !== undefined && exists(match.art)) {
      const subject = subjectOf(match, count, colour?.value, asked.notes, occasion);
      asked.subjects.push(
        colour === undefined ? subject : { ...subject, label: `${colour.word} ${subject.label}` },
      );
      colour = undefined;
      count = undefined;
    } else if (match.event !== undefined || match.setting !== undefined) count = undefined;
    if (colour !== undefined && --colour.reach < 0) {
      asked.colours.push(colour.value);
      colour = undefined;
    }
  }
  if (colour !== undefined) asked.colours.push(colour.value);
  return { ...asked, subjects: withoutParts(merged(asked.subjects)) };
}

/** The cake is drawn with its candles on. */
function withoutParts(subjects: readonly Subject[]): Subject[] {
  const cake = subjects.some(({ art }) => art === 'icon:birthday-cake');
  return subjects.filter(({ art }) => !(cake && art === 'draw:candles'));
}

/** "a red car ... the car" is one car; "a red and a blue balloon" are two. */
function merged(subjects: readonly Subject[]): Subject[] {
  const kept: Subject[] = [];
  for (const subject of subjects) {
    const at = kept.findIndex(
      (other) =>
        other.art === subject.art && (subject.colour === undefined || other.colour === subject.colour),
    );
    const known = kept[at];
    if (known === undefined) kept.push(subject);
    else kept[at] = { ...known, count: Math.max(known.count, subject.count) };
  }
  return kept;
}

const labelOf = (art: string): string => art.slice(art.indexOf(':') + 1).replaceAll('-', ' ');

/** An item of a table: `art` or `art*count`. */
export function impliedSubject(item: string): Subject {
  const [art = '', count] = item.split('*');
  return {
    label: labelOf(art),
    art,
    count: count === undefined ? 1 : Number(count),
    asked: false,
    ...traitsOf(art),
  };
}

/** The event's own things, less what the prompt already names and what it excludes. */
export function impliedSubjects(
  events: readonly EventKind[],
  places: readonly string[],
  asked: readonly Subject[],
): Subject[] {
  const peopled = asked.some(({ art }) => HUMAN_ART.test(art));
  const items = [...events.flatMap(({ art }) => art), ...places].map(impliedSubject);
  return items.filter(
    (item, index) =>
      exists(item.art) &&
      !asked.some(({ art }) => art === item.art) &&
      !(peopled && GENERIC_PEOPLE.test(item.art)) &&
      items.findIndex(({ art }) => art === item.art) === index,
  );
}
