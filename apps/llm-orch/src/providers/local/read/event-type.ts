import type { EventType } from '../data/event-types.js';
import { EVENT_TYPES, GENERIC_EVENT } from '../data/event-types.js';

const NEGATED = /\b(?:not|isn[’']t|no|instead of(?: an?)?|rather than)(?: an?)?\s+$/i;
/** Words in front of the type that say nothing about its topic. */
const EMPTY_WORDS = new Set(
  (
    'a an the my our your his her their this that some any one two three first second annual small big large huge tiny great nice fun good amazing perfect ' +
    'beautiful fantastic exciting plan planning organize organise design create host throw for of to with about and or in on at by from is day days multi-day ' +
    'two-day three-day one-day half-day full-day day-long week weekend weekend-long year old evening night morning afternoon please help me us need want generate ' +
    'write describe event description copy email invitation surprise budget cheap expensive indoor outdoor virtual hybrid online formal informal casual elegant ' +
    'luxury intimate upcoming next corporate company team-building it its we i have hold having do make arrange new summarize summarise translate classify into ' +
    'announcing announce promote promoting promotional marketing social media post tweet newsletter short long detailed complete full special private public'
  ).split(' '),
);
const KEPT_DESCRIPTION = /^(?:[\p{L}][\p{L}&+./'’-]*|AI|[A-Z]{2,5}|\d?[A-Z][\w-]*)$/u;

export interface TypeReading {
  readonly type: EventType;
  readonly stated: boolean;
  readonly topic?: string;
  readonly typeName?: string;
  /** "HR managers" of "a webinar for HR managers". */
  readonly audience?: string;
}

interface Hit {
  readonly type: EventType;
  readonly start: number;
  readonly length: number;
}

/** Names that end in one of these are better than our label. */
const GOOD_ENDING =
  /\s(?:festival|fest|party|dinner|gala|ball|retreat|conference|summit|symposium|convention|forum|concert|picnic|barbecue|bbq|marathon|run|kick-?off|lunch|celebration|market|fair|show|tournament|reception|ceremony|brunch|launch|night|tasting|reunion|exhibition|workshop|masterclass|wedding|day|weekend|meeting|mixer|luncheon|breakfast|supper|evening|event)$/i;
const PROPER = /\b(?:christmas|diwali|new year|halloween|easter|eid|oktoberfest|holi|thanksgiving|ted)/gi;

/** Words that often stand beside the event's own name: "a gala with dinner". */
export const WEAK: ReadonlySet<string> = new Set(['party', 'meal', 'corporate-event']);

/** The event the text is about: the first one named; of several names at one spot the longest. */
export function readEventType(text: string, children: boolean): TypeReading {
  const hits = EVENT_TYPES.flatMap((type) => firstHit(text, type));
  const specific = hits.filter(({ type }) => type.family !== 'generic' && !WEAK.has(type.id));
  const best = (specific.length > 0 ? specific : hits).reduce<Hit | undefined>(nearer, undefined);
  if (!best) return { type: GENERIC_EVENT, stated: false };
  const type = children && best.type.id === 'birthday' ? (typeById('kids-birthday') ?? best.type) : best.type;
  const topic = topicBefore(text, best.start) ?? topicAfter(text, best.start + best.length);
  const audience = audienceAfter(text, best.start + best.length);
  const said = text.slice(best.start, best.start + best.length);
  return {
    type,
    stated: best.type.family !== 'generic',
    ...(topic === undefined ? {} : { topic }),
    ...(audience === undefined ? {} : { audience }),
    ...(type === best.type && (GOOD_ENDING.test(said) || type.id === 'meal')
      ? { typeName: nameOf(said) }
      : {}),
  };
}

/** In lower case, but feasts keep their capitals. */
function nameOf(said: string): string {
  return said
    .toLowerCase()
    .replace(/\b\d+(?:st|nd|rd|th)\s+/, '')
    .replace(PROPER, (word) => word.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase()));
}

export function typeById(id: string): EventType | undefined {
  return EVENT_TYPES.find((type) => type.id === id);
}

function firstHit(text: string, type: EventType): Hit[] {
  for (const match of text.matchAll(type.words)) {
    const start = match.index ?? 0;
    if (!NEGATED.test(text.slice(Math.max(0, start - 20), start)))
      return [{ type, start, length: match[0].length }];
  }
  return [];
}

function nearer(best: Hit | undefined, next: Hit): Hit {
  if (!best) return next;
  const overlaps = next.start < best.start + best.length && best.start < next.start + next.length;
  if (overlaps) return next.length > best.length ? next : best;
  // In "family reunion picnic" the last name is the head: it is a picnic.
  if (next.start - best.start - best.length === 1) return next;
  if (best.start - next.start - next.length === 1) return best;
  return next.start < best.start ? next : best;
}

/** "tech" of "a tech conference", "renewable energy" of "two-day renewable energy summit". */
function topicBefore(text: string, start: number): string | undefined {
  const lead =
    text
      .slice(Math.max(0, start - 60), start)
      .split(/[.,;:!?\n("]/)
      .pop() ?? '';
  const words: string[] = [];
  for (const word of lead.trim().split(/\s+/).reverse()) {
    if (words.length === 3 || !isTopicWord(word)) break;
    words.unshift(
      lead.trimStart().startsWith(word) && /^[A-Z][a-z]+$/.test(word) && start < 60 && text.startsWith(word)
        ? word.toLowerCase()
        : word,
    );
  }
  return words.length > 0 ? words.join(' ') : undefined;
}

const PHRASE =
  /^(?<said>(?:[\p{L}&][\p{L}\d&+/'’-]*)(?:\s+(?!for\b|in\b|on\b|at\b|with\b|from\b|next\b|this\b|budget\b|to\b|by\b|about\b|who\b|that\b)[\p{L}&][\p{L}\d&+/'’-]*){0,3})/u;
const NOT_A_TOPIC =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day|^(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*$|^(?:my|our|your|the|a|an|this|next|us|me|it|zoom|teams|site|saturday|weekends?|budget)\b/i;

/** "GDPR" of "a webinar on GDPR for HR managers". */
function topicAfter(text: string, end: number): string | undefined {
  const after = /^\s+(?:on|about|around|called|named)\s+(?:the\s+)?/i.exec(text.slice(end, end + 30));
  const said = after && PHRASE.exec(text.slice(end + after[0].length, end + 100))?.groups?.['said'];
  return said == null || NOT_A_TOPIC.test(said) ? undefined : said;
}

const CROWD = /s$|people$|staff$|women$|men$|children$|families$/i;

/** Only a group of people: "for HR managers", not "for Anna" nor "for 40 guests". */
function audienceAfter(text: string, end: number): string | undefined {
  const after = /^[^.;\n]{0,60}?\bfor\s+(?=\p{L})/u.exec(text.slice(end, end + 90));
  const said = after && PHRASE.exec(text.slice(end + after[0].length, end + 160))?.groups?.['said'];
  if (said == null || NOT_A_TOPIC.test(said) || !CROWD.test(said)) return undefined;
  return said;
}

function isTopicWord(word: string): boolean {
  if (
    /^(?:\d|.*\d(?:st|nd|rd|th)$)/.test(word) ||
    /[-’']?(?:person|people|guest|day|hour|night)s?$|[’']s$/i.test(word)
  )
    return false;
  return KEPT_DESCRIPTION.test(word) && !EMPTY_WORDS.has(word.toLowerCase());
}
