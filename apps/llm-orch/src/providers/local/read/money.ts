import type { Budget } from '../brief.js';
import type { Currency } from '../data/currencies.js';
import { CURRENCIES, UNSTATED_CURRENCY, currencyByCode } from '../data/currencies.js';
import { AMOUNT, amountValue, scaleFactor } from './numbers.js';

/** Nothing that anyone plans costs more; keeps every sum a safe integer. */
const MAX_MINOR = 1e14;

const SCALE = '(?:k|thousand|grand|mn|mio|million|bn|billion|lakhs?|lacs?|crores?|cr|m|l)';
const SIGNS = CURRENCIES.flatMap(({ signs }) => signs).join('|');
const CODES = CURRENCIES.map(({ code }) => code).join('|');
const NAMES = CURRENCIES.map(({ names }) => names).join('|');
const BEFORE = `(?<sign>${SIGNS}|\\b(?:${CODES}))\\s?(?<a>${AMOUNT})(?:\\s?(?<as>${SCALE})(?![\\p{L}]))?(?:\\s?(?<ac>${CODES})(?![\\p{L}]))?`;
const AFTER = `(?<![\\d.,])(?<b>${AMOUNT})\\s?(?:(?<bs>${SCALE})\\s?)?(?<unit>${NAMES}|${CODES}|€|£|₹|\\$|zł)(?![\\p{L}])`;
const LAKH = `(?<![\\d.,])(?<c>${AMOUNT})\\s?(?<cs>lakhs?|lacs?|crores?|cr)(?![\\p{L}])`;
const NAKED = `(?<=\\bbudget\\b[^.\\n\\d]{0,30})(?<d>${AMOUNT})(?:\\s?(?<ds>k|thousand|million|m)(?![\\p{L}]))?(?!\\s?(?:%|people|guests|pax|days|hours|\\p{L}*-))`;
const MONEY = new RegExp(`${BEFORE}|${AFTER}|${LAKH}|${NAKED}`, 'giu');

/** Money that is not the event's budget. */
const OTHER_MONEY =
  /\b(?:tickets?|entry|fees?|admission|prize|pot|sponsors?\w*|raise|raising|goal|donat\w+|sells?|costs? (?:of )?each|priced?|revenue|worth)\b[^.\n;]{0,25}$/i;
const BUDGET_WORD =
  /\b(?:budget\w*|spend(?:ing)?|cap(?:ped)?|max(?:imum)?|up to|under|within|total|cost(?:s|ing)?|afford)\b[^.\n;]{0,40}$/i;
const PER_HEAD = /^\s*(?:\/|per|a|each|pp\b|p\.p\.)\s*(?:person|head|guest|pax|attendee|participant|plate)?/i;

export interface MoneyFound {
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly saidAs: string;
  readonly perHead: boolean;
  readonly start: number;
  readonly end: number;
  readonly score: number;
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
  const written = g['a'] ?? g['b'] ?? g['c'] ?? g['d'] ?? '';
  const currency = currencyOf(g);
  const major = amountValue(written) * scaleFactor(g['as'] ?? g['bs'] ?? g['cs'] ?? g['ds']);
  const amountMinor = Math.round(major * 10 ** currency.decimals);
  if (!(amountMinor > 0) || amountMinor > MAX_MINOR) return undefined;
  const before = text.slice(Math.max(0, start - 60), start);
  const score = OTHER_MONEY.test(before)
    ? -1
    : BUDGET_WORD.test(before) || /^\s*budget\b/i.test(text.slice(end))
      ? 2
      : 1;
  return {
    amountMinor,
    currency,
    saidAs: match[0].trim(),
    perHead: isPerHead(text.slice(end)),
    start,
    end,
    score,
  };
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
    CURRENCIES.find(({ signs }) => anyOf(signs.join('|')).test(sign)) ??
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
  const best = found.filter(({ score }) => score > 0).reduce<MoneyFound | undefined>(better, undefined);
  if (!best) return { assumptions: [] };
  if (!best.perHead) return { budget: budgetOf(best, best.amountMinor), assumptions: ambiguity(best) };
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

function better(best: MoneyFound | undefined, next: MoneyFound): MoneyFound {
  if (!best || next.score > best.score) return next;
  // A range ("5,000 to 7,000") is planned to its upper end; otherwise the total is the larger of two sums.
  return next.score === best.score && next.amountMinor > best.amountMinor ? next : best;
}

function budgetOf({ currency, saidAs }: MoneyFound, amountMinor: number): Budget {
  return { amountMinor, currency, saidAs };
}

function ambiguity({ currency, saidAs }: MoneyFound): string[] {
  if (currency.code === '')
    return [`No currency was given for the budget of ${saidAs}: figures are shown without one.`];
  return [];
}
