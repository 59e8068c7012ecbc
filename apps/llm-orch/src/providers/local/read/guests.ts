import type { GuestCount } from '../brief.js';
import { AMOUNT, amountValue, scaleFactor } from './numbers.js';
import { firstTurn } from './turns.js';

/** More than any event; also keeps per-head sums safe. */
const MAX_GUESTS = 5_000_000;

export const PEOPLE =
  '(?:people|persons?|guests?|attend[e]{1,2}s|attendees?|participants?|pax|employees|staff(?: members)?|members|delegates|kids|children|girls|boys|toddlers|teens|teenagers|friends|family members|relatives|students|pupils|visitors|developers|engineers|managers|executives|leaders|founders|investors|clients|customers|colleagues|co-?workers|team ?mates|team members|invitees|players|runners|riders|fans|spectators|adults|professionals|alumni|volunteers|exhibitors|residents|neighbou?rs|seats|heads|hackers|artists|couples|women|men|ladies|souls|covers|teachers|parents|doctors|nurses|donors|festival-?goers|ravers|meals|portions|plates|entrants|ppl|shareholders|singles|seniors|pensioners|campers|scouts|users)';
const NUMBER = `(?<![\\d.,$€£₹])(?<n>${AMOUNT})\\s?(?<k>k|thousand|lakh|million)?(?![\\d])`;
const RANGE = `(?:(?:${AMOUNT})\\s?k?\\s?(?:-|–|to|or|and)\\s?)?`;
/** Up to two describing words: "80 senior sales people". */
const DESCRIBED =
  '(?:\\+|\\s?plus)?(?:[\\s-]+(?!and\\b|in\\b|at\\b|for\\b|on\\b|with\\b|days?\\b|hours?\\b|nights?\\b|years?\\b|minutes?\\b|weeks?\\b|months?\\b|usd\\b|eur\\b|dollars\\b|k\\b)[\\p{L}]+(?:-[\\p{L}]+)?){0,2}?[\\s-]+';

const NOT_PEOPLE =
  'day|hour|night|week|month|year|minute|weekend|dollar|euro|pound|rupee|buck|franc|table|room|session|talk|stage|booth|stall|ticket|slot|course|drink|bottle|speaker|metre|meter|mile|kilometre|lakh|crore|city|cities|countrie|team|edition|round|game|hall|screen';

interface Rule {
  readonly pattern: RegExp;
  readonly kind: GuestCount['kind'];
  /** Adds up all matches: "80 adults and 20 children". */
  readonly adds?: boolean;
}

const RULES: readonly Rule[] = [
  {
    pattern: rule(
      `(?:guests?|attend(?:ees|ance)|participants|head-?count|people|pax|group size|number of (?:guests|people|attendees))\\s*(?::|=|of|is|count:?)\\s*(?:about |around |approx\\.? |~)?${RANGE}${NUMBER}`,
    ),
    kind: 'guests',
  },
  { pattern: rule(`(?<![\\p{L}])(?<tables>\\d+) tables of (?<n>\\d+)(?<k>)`), kind: 'guests' },
  { pattern: rule(`${RANGE}${NUMBER}${DESCRIBED}${PEOPLE}(?![\\p{L}])`), kind: 'guests', adds: true },
  {
    pattern: rule(
      `${NUMBER}[- ](?:person|people|guest|attendee|participant|delegate|cover|seat|head)(?![\\p{L}])`,
    ),
    kind: 'guests',
  },
  { pattern: rule(`${NUMBER}\\s+of us(?![\\p{L}])`), kind: 'guests' },
  { pattern: rule(`${NUMBER}\\+?[- ](?:capacity|seater)`), kind: 'capacity' },
  {
    pattern: rule(`capacity\\s*(?:of|:|is|for|=)?\\s*(?:about |around |up to )?${NUMBER}`),
    kind: 'capacity',
  },
  {
    pattern: rule(
      `(?:team|group|party|crowd|audience|family|class|staff|company|department|gathering|cohort|start-?up|office|club|choir|crew|firm)\\s+of\\s+(?:about |around |approximately |roughly |up to |over )?${RANGE}${NUMBER}(?!\\s?(?:%|days?|hours?))`,
    ),
    kind: 'guests',
  },
  {
    pattern: rule(
      `\\b(?:for|make it|make that|we are(?: now)?)\\s+(?:about |around |approximately |approx\\.? |roughly |up to |over |some |~)?${RANGE}${NUMBER}(?=\\s*(?:$|[.,;!?\\n)]|(?:in|at|on|with|near|from|under|outdoors|indoors|next|this|and|budget)\\b))`,
    ),
    kind: 'guests',
  },
  {
    pattern: rule(
      `\\b(?:around|about|approximately|roughly|expecting|hosting|inviting|host|invite)\\s+${RANGE}${NUMBER}(?=\\s*(?:$|[.,;!?\\n)]|(?:in|at|on|with|people|coming)\\b))`,
    ),
    kind: 'guests',
  },
  // "for 30 CFOs": a plural that is no unit of time, money or equipment.
  {
    pattern: rule(
      `\\bfor\\s+(?:about |around |up to |some )?${NUMBER}\\s(?!(?:${NOT_PEOPLE})s?\\b)\\p{L}{3,20}s(?![\\p{L}])`,
    ),
    kind: 'guests',
  },
];

function rule(source: string): RegExp {
  return new RegExp(source, 'giu');
}

/** Head-count from text with digits written out and money blanked out; what was said last counts. */
export function readGuests(text: string): GuestCount | undefined {
  return firstTurn(text, readTurn);
}

function readTurn(text: string): GuestCount | undefined {
  for (const { pattern, kind, adds } of RULES) {
    const found = [...text.matchAll(pattern)].flatMap((match) => countOf(match, kind));
    const [first] = found;
    if (first) return adds && found.length > 1 ? total(text, found) : first;
  }
  return undefined;
}

function countOf(match: RegExpMatchArray, kind: GuestCount['kind']): (GuestCount & { index: number })[] {
  const { n = '', k, tables } = match.groups ?? {};
  const count = Math.round(amountValue(n) * scaleFactor(k || undefined) * Number(tables ?? 1));
  const isYear =
    /^(?:19|20)\d\d$/.test(n) &&
    !/[,.]/.test(n) &&
    k === undefined &&
    kind === 'guests' &&
    /^for/i.test(match[0]);
  if (!(count > 0) || count > MAX_GUESTS || isYear) return [];
  return [{ count, kind, saidAs: match[0].trim(), index: match.index ?? 0 }];
}

/** Neighbours joined by "and", "plus" or a comma are one party; a later, separate mention is not added. */
function total(text: string, found: readonly (GuestCount & { index: number })[]): GuestCount | undefined {
  const [first, ...rest] = found;
  if (!first) return undefined;
  let sum = first.count;
  let end = first.index + first.saidAs.length;
  for (const next of rest) {
    if (
      !/^\s*(?:,|and|plus|with|\+|&)\s*(?:and\s*)?(?:(?:their|our|the|about|another)\s+)?$/i.test(
        text.slice(end, next.index),
      )
    )
      break;
    sum += next.count;
    end = next.index + next.saidAs.length;
  }
  return { count: sum, kind: first.kind, saidAs: text.slice(first.index, end).trim() };
}
