import type { Exclusion } from '../brief.js';
import type { EventType } from '../data/event-types.js';
import type { Feature } from '../data/features.js';
import { FEATURES, NEEDS } from '../data/features.js';

const NEGATION =
  /(?<![\p{L}])(?:no|without(?: any)?|avoid(?:ing)?|skip(?:ping)?(?: the)?|exclud(?:e|ing)|never|not? want(?: any)?|(?:do not|don[’']t|does not|doesn[’']t) (?:want|need|like|include|serve|have|use)(?: any)?|absolutely no|strictly no|zero|minus)\s+(?<what>[^.;!?\n()]{2,80})/giu;
const FREE = /(?<![\p{L}])(?<what>alcohol|smoke|plastic|meat|music|dance)[- ]free(?![\p{L}])/giu;
const DRY =
  /(?:^|[,;.]\s{0,3})dry(?=\s{0,3}(?:[,;.]|$))|\b(?:dry (?:wedding|event|party|bar)|teetotal|sober|non-?alcoholic(?: only)?)\b/i;
/** Where the list of things ruled out ends and other wishes begin. */
const STOPS =
  /\b(?:but|with|please|for|in|at|on|because|since|as|so|only|budget|it|we|i|they|that|which|who|near|during|after|before|until|under|over|must|should|needs?|is|are|to)\b|[:–]/i;
/** "no more than", "no idea", "no venue yet": not wishes. */
const NOT_A_WISH =
  /^(?:more|less|fewer|later|earlier|longer|idea|problem|need|limit|preference|one|matter|doubt|date|venue|budget|location|theme|particular|specific|specified|fixed|set|cost|time|waste|breaking|question|hurry|rush|pressure|exceed(?:ing)?|go(?:ing)?|spend(?:ing)?|much|too)\b/i;
/** "No loud music after 10pm" is a condition, not a ban. */
export const FROM_AN_HOUR = /\b(?:after|before|past|until)\s+\d/i;
const YET = /\byet\b/i;
const FILLERS =
  /^(?:no|without|any|the|a|an|loud|too|much|kind of|sort of|more|served|at all|allowed|please|of)\s+|\s+(?:at all|please|allowed|served|whatsoever|either|available|needed|required|wanted|necessary)$/gi;

/** Everything the caller ruled out; minors at the table rule out alcohol by themselves. */
export function readExclusions(text: string): Exclusion[] {
  const things = [...text.matchAll(NEGATION), ...text.matchAll(FREE)].flatMap((match) =>
    split(match.groups?.['what'] ?? ''),
  );
  if (DRY.test(text)) things.push('alcohol');
  const exclusions = things.flatMap(exclusionOf);
  return exclusions.filter(
    ({ label }, index) => exclusions.findIndex((other) => other.label === label) === index,
  );
}

/** By id of the feature lexicon, e.g. for minors and funerals. */
export function exclusionById(id: string): Exclusion | undefined {
  const feature = FEATURES.find((candidate) => candidate.id === id);
  return feature ? { label: feature.label, words: feature.words } : undefined;
}

function split(said: string): string[] {
  // The article of the first thing goes; one further on begins another wish: "no band and a DJ".
  const what = said.replace(/^\s*(?:an?|the|any)\s+/i, '');
  if (FROM_AN_HOUR.test(what)) return [];
  if (YET.test(what) || NOT_A_WISH.test(what.trim())) return [];
  // "no A, B or C" is one list; after "no A, B" other wishes may follow.
  const list = /\b(?:or|nor)\b/i.test(what) ? what : (what.split(',')[0] ?? '');
  return list
    .split(/,|\band (?=an? )|\b(?:and|or|nor|no|without)\b|\/|&/i)
    .filter((part) => !/^\s*an? /i.test(part))
    .map((part) => (part.split(STOPS)[0] ?? '').trim().replace(FILLERS, '').trim())
    .filter((part) => part.length > 1 && part.split(/\s+/).length <= 3 && !NOT_A_WISH.test(part));
}

function exclusionOf(thing: string): Exclusion[] {
  const named = FEATURES.find(({ id }) => id === thing.toLowerCase());
  const known = named ?? FEATURES.find(({ asked }) => new RegExp(`^(?:${asked.source})$`, 'iu').test(thing));
  if (known) return [{ label: known.label.replace(/^an? /, ''), words: known.words }];
  const [need] = NEEDS.filter(
    ({ label, asked }) => label.startsWith(`${thing.toLowerCase()} `) || asked.test(`no ${thing}`),
  );
  if (need) return [];
  return /^[\p{L}][\p{L}\s'’-]+$/u.test(thing) ? [{ label: thing.toLowerCase(), words: wordsOf(thing) }] : [];
}

/** Singular and plural of the last word count alike. */
function wordsOf(thing: string): RegExp {
  const stem = thing
    .toLowerCase()
    .replace(/ies$/, '')
    .replace(/(?<=[^s])s$/, '')
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}])${stem.replace(/\s+/g, '[\\s-]+')}(?:s|es|y|ies)?(?![\\p{L}])`, 'iu');
}

export interface NeedsReading {
  readonly needs: readonly string[];
  readonly notes: readonly string[];
  readonly exclusions: readonly Exclusion[];
}

/** Diets and access. A diet offered as an option does not take the meat off the other plates. */
export function readNeeds(text: string): NeedsReading {
  const found = NEEDS.filter(({ asked }) => asked.test(text));
  return {
    needs: found.map(({ label, asked }) => (isOption(text, asked) ? `${label} as an option` : label)),
    notes: found.map(({ note }) => note),
    exclusions: found.flatMap(({ forbids, asked }) =>
      forbids && !isOption(text, asked) ? [{ label: '', words: forbids }] : [],
    ),
  };
}

function isOption(text: string, asked: RegExp): boolean {
  const match = asked.exec(text);
  const after = match ? text.slice(match.index, match.index + 40) : '';
  const counted =
    /\b(?:\d{1,3}|half|some|most|one|a few|a third|a couple)\s+(?:(?:of\s)?(?:the|us|them|our)\s)?(?:team|guests|people|group|crowd|staff|of us|of them)?\s?(?:(?:is|are|strict)\s+)?$/i.test(
      text.slice(Math.max(0, (match?.index ?? 0) - 30), match?.index ?? 0),
    );
  if (counted && !/^\S+\s+(?:meals|portions|plates|menus?|dishes)\b/i.test(after)) return true;
  return (
    /\b(?:options?|choices?|alternatives?|dishes|too|available|guests?|some|vegans|vegetarians)\b/i.test(
      after,
    ) && !/\bonly\b/i.test(after)
  );
}

/** Features asked for; what is ruled out does not count as asked. */
export function readFeatures(text: string, exclusions: readonly Exclusion[], type: EventType): Feature[] {
  // "Wine festival" is a kind of event, not a wish for wine.
  const wishes = text.replace(type.words, ' ').replace(NEGATION, ' ').replace(FREE, ' ');
  return FEATURES.filter(
    ({ asked, label, note }) =>
      note !== undefined &&
      asked.test(wishes) &&
      !exclusions.some((exclusion) => exclusion.label === label || exclusion.words.test(label)),
  );
}
