import type { Budget } from '../brief.js';
import type { Currency } from '../data/currencies.js';
import { CURRENCIES, UNSTATED_CURRENCY, currencyByCode } from '../data/currencies.js';
import { PEOPLE } from './guests.js';
import { AMOUNT, amountValue, scaleFactor } from './numbers.js';
import { turnAt } from './turns.js';

/** Nothing that anyone plans costs more; keeps every sum a safe integer. */
const MAX_MINOR = 1e14;

const SCALE = '(?:k|thousand|grand|mn|mio|million|bn|billion|lakhs?|lacs?|crores?|cr|m|l)';
const SIGNS = CURRENCIES.flatMap(({ signs }) => signs).join('|');
const CODES = CURRENCIES.map(({ code }) => code).join('|');
const NAMES = CURRENCIES.map(({ names }) => names).join('|');
const BEFORE = `(?<![\\p{L}])(?<sign>${SIGNS}|\\b(?:${CODES}))\\s?(?<a>${AMOUNT})(?:\\s?(?<as>${SCALE})(?![\\p{L}]))?(?:\\s?(?<ac>${CODES})(?![\\p{L}]))?`;
const AFTER = `(?<![\\d.,])(?<b>${AMOUNT})\\s?(?:(?<bs>${SCALE})\\s?)?(?<unit>${NAMES}|${CODES}|€|£|₹|\\$|zł)(?![\\p{L}])`;
const LAKH = `(?<![\\d.,])(?<c>${AMOUNT})\\s?(?<cs>lakhs?|lacs?|crores?|cr)(?![\\p{L}])`;
const NAKED = `(?<=\\bbudget\\b[^.\\n\\d]{0,30})(?<d>${AMOUNT})(?:\\s?(?<ds>k|thousand|million|m)(?![\\p{L}]))?(?!\\d|\\s?(?:%|people|guests|pax|days|hours|\\p{L}*-))`;
/** "under 5k" is money, "under 5k visitors" and "up to 10k run" are not. */
const LIMITED = `(?<=\\b(?:under|below|up to|max(?:imum)?|at most|less than|no more than|spend(?:ing)?|capped at|within|have)\\s(?:(?:about|around|a|only|just)\\s){0,2})(?<e>${AMOUNT})\\s?(?<es>k|thousand|grand)(?![\\p{L}])(?!\\s+(?:[\\p{L}-]+\\s+){0,2}(?:${PEOPLE}|run|race|walk|steps))`;
const GRAND = `(?<![\\d.,])(?<h>${AMOUNT})\\s(?<hs>grand)(?![\\p{L}]|\\s+(?:opening|final|prix|ball|hall|hotel))`;
const MONEY = new RegExp(`${BEFORE}|${AFTER}|${LAKH}|${NAKED}|${LIMITED}|${GRAND}`, 'giu');

/** Money that is not the event's budget. */
const OTHER_MONEY =
  /\b(?:tickets?|(?<!free )entry|fees?|(?<!free )admission|prize|pot|sponsors?\w*|raise[ds]?|raising|goal|donat\w+|sells?|costs? (?:of )?each|priced?|revenue|worth|earned|deposit)\b[^.,\n;]{0,25}$/i;
const BUDGET_WORD =
  /\b(?:budget\w*|spend(?:ing)?|cap(?:ped)?|max(?:imum)?|at most|up to|under|within|total|cost(?:s|ing)?|afford)\b[^.\n;]{0,40}$/i;
/** A sum, a comma and a new thought end what was said of the sum before. */
const NEW_THOUGHT = /^.*\d\S*[,;]\s+(?:and\s+)?/s;
const PER_HEAD = /^\s*(?:\/|per|a|each|pp\b|p\.p\.)\s*(?:person|head|guest|pax|attendee|participant|plate)?/i;

export interface MoneyFound {
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly saidAs: string;
  readonly perHead: boolean;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  /** Which turn of the conversation it stands in; 0 is the newest. */
  readonly turn: number;
}

/** Every sum of money in the text (digits already written out). */
export function findMoney(text: string): MoneyFound[] {
  return [...text.matchAll(MONEY)].flatMap((match) => {
    const found = read(match, text);
    return found ? [found] : [];
  });
}

function read(match: RegExpMatchArray, text: string): MoneyFound | undefined {
  const g = match.groups ?? {};
  const start = match.index ?? 0;
  const end = start + match[0].length;
  const written = g['a'] ?? g['b'] ?? g['c'] ?? g['d'] ?? g['e'] ?? g['h'] ?? '';
  const currency = currencyOf(g);
  const major =
    amountValue(written) * scaleFactor(g['as'] ?? g['bs'] ?? g['cs'] ?? g['ds'] ?? g['es'] ?? g['hs']);
  const amountMinor = Math.round(major * 10 ** currency.decimals);
  if (!(amountMinor > 0) || amountMinor > MAX_MINOR) return undefined;
  const before = text.slice(Math.max(0, start - 60), start).replace(NEW_THOUGHT, '');
  return {
    amountMinor,
    currency,
    saidAs: match[0].trim(),
    perHead: isPerHead(text.slice(end)),
    start,
    end,
    score: scoreOf(before, text.slice(end, end + 20)),
    turn: turnAt(text, start),
  };
}

/** -1 for a ticket price and the like, 3 for a total, 2 where a budget is spoken of, 1 for any other sum. */
function scoreOf(before: string, after: string): number {
  if (OTHER_MONEY.test(before) || /^\s*(?:per|a|each|\/)\s*(?:ticket|entry)\b/i.test(after)) return -1;
  if (/\btotal\b[^.\n;]{0,20}$/i.test(before)) return 3;
  return BUDGET_WORD.test(before) || /^\s*budget\b/i.test(after) ? 2 : 1;
}

function isPerHead(after: string): boolean {
  const match = PER_HEAD.exec(after);
  return match !== null && /person|head|guest|pax|attendee|participant|plate|each|pp|p\.p/i.test(match[0]);
}

function currencyOf(groups: Record<string, string | undefined>): Currency {
  if (groups['ac'] !== undefined) return currencyByCode(groups['ac']) ?? UNSTATED_CURRENCY;
  if (groups['sign'] !== undefined) return bySign(groups['sign']);
  if (groups['unit'] !== undefined) return byName(groups['unit']);
  return groups['c'] === undefined ? UNSTATED_CURRENCY : (currencyByCode('INR') ?? UNSTATED_CURRENCY);
}

function bySign(sign: string): Currency {
  return (
    currencyByCode(sign) ??
    CURRENCIES.find(({ signs }) => anyOf(signs.join('|').replace(/\(\?=[^)]*\)/g, '')).test(sign)) ??
    UNSTATED_CURRENCY
  );
}

function byName(name: string): Currency {
  return currencyByCode(name) ?? CURRENCIES.find(({ names }) => anyOf(names).test(name)) ?? bySign(name);
}

function anyOf(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, 'iu');
}

/** The budget of the event, with what had to be assumed to read it. */
export function readBudget(
  found: readonly MoneyFound[],
  guests: number | undefined,
): { budget?: Budget; assumptions: string[] } {
  const chosen = found.filter(({ score }) => score > 0).reduce<MoneyFound | undefined>(better, undefined);
  if (!chosen) return { assumptions: [] };
  const best = inCurrencyOf(found, chosen);
  if (!best.perHead) {
    return {
      budget: budgetOf(best, best.amountMinor),
      assumptions: [...ambiguity(best), ...rangeNote(found, chosen)],
    };
  }
  if (guests === undefined) {
    return {
      assumptions: [`${best.saidAs} was read as a figure per head; the total needs the number of guests.`],
    };
  }
  const total = best.amountMinor * guests;
  if (total > MAX_MINOR) return { assumptions: [] };
  return {
    budget: budgetOf(best, total),
    assumptions: [
      `${best.saidAs} per head times ${guests} guests gives the total budget.`,
      ...ambiguity(best),
    ],
  };
}

/** Spoken of as a budget first, then the newest turn, then a total, then the larger sum: a range is planned to its upper end. */
function better(best: MoneyFound | undefined, next: MoneyFound): MoneyFound {
  if (!best) return next;
  const ranks = (money: MoneyFound) => [
    Math.min(money.score, 2),
    -money.turn,
    money.score,
    money.amountMinor,
  ];
  const nextRanks = ranks(next);
  const at = ranks(best).findIndex((rank, index) => rank !== nextRanks[index]);
  return at >= 0 && (nextRanks[at] ?? 0) > (ranks(best)[at] ?? 0) ? next : best;
}

/** "Make it 15k" after "$20,000" is still dollars. */
function inCurrencyOf(found: readonly MoneyFound[], chosen: MoneyFound): MoneyFound {
  const named = found.find(({ currency, score }) => currency.code !== '' && score > 0);
  if (chosen.currency.code !== '' || named === undefined) return chosen;
  const factor = 10 ** (named.currency.decimals - chosen.currency.decimals);
  return {
    ...chosen,
    currency: named.currency,
    amountMinor: Math.max(1, Math.round(chosen.amountMinor * factor)),
  };
}

function rangeNote(found: readonly MoneyFound[], { start, amountMinor, saidAs }: MoneyFound): string[] {
  const lower = found.find((other) => {
    const gap = start - other.end;
    return gap > 0 && gap <= 6 && other.amountMinor < amountMinor;
  });
  return lower === undefined
    ? []
    : [`Of the range ${lower.saidAs} to ${saidAs} the upper end was planned; the lower end needs cuts.`];
}

function budgetOf({ currency, saidAs }: MoneyFound, amountMinor: number): Budget {
  return { amountMinor, currency, saidAs };
}

function ambiguity({ currency, saidAs }: MoneyFound): string[] {
  if (currency.code === '')
    return [`No currency was given for the budget of ${saidAs}: figures are shown without one.`];
  return [];
}
