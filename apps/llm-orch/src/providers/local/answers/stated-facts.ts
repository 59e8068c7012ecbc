import * as chrono from 'chrono-node';
import { PEOPLE } from '../read/guests.js';
import { findMoney } from '../read/money.js';
import { AMOUNT } from '../read/numbers.js';

const MOST = 8;
/** Beyond this a text is read from its beginning: facts stand there, and the readers' time stays bounded. */
const MOST_CHARACTERS = 6_000;
const COUNT = new RegExp(
  `(?<![\\d.,])(?:${AMOUNT})\\s?(?:k\\s)?(?:[\\p{L}-]{2,20}\\s){0,1}${PEOPLE}(?![\\p{L}])`,
  'giu',
);
const NAMED =
  /(?<![.!?\n]\s{0,3}|^)\b(?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\s)?\p{Lu}[\p{L}’'-]+(?:\s(?:of|de|van|der|al)?\s?\p{Lu}[\p{L}’'-]+){1,3}/gu;

/** Dates, sums, counts and names in the words of the text: quoted, never worked out, so none can be wrong. */
export function statedFacts(whole: string, now: Date): string[] {
  const text = whole
    .slice(0, MOST_CHARACTERS)
    .replace(/\d{16,}/g, '#')
    .replace(/(.)\1{9,}/gsu, '$1$1$1');
  const money = findMoney(text);
  const masked = money.reduce(
    (out, { start, end }) => out.slice(0, start) + '#'.repeat(end - start) + out.slice(end),
    text,
  );
  const dates = chrono.en
    .parse(masked, { instant: now, timezone: 'UTC' })
    .filter(({ start, text: said }) => start.isCertain('month') || /day\b/i.test(said))
    .map(({ text: said }) => said);
  const counts = [...masked.matchAll(COUNT)].map(([said]) => said);
  const names = [...text.matchAll(NAMED)]
    .map(([said]) => said)
    .filter((name) => !dates.some((date) => date.includes(name)));
  return [
    line('Dates', dates),
    line(
      'Sums',
      money.map(({ saidAs }) => saidAs),
    ),
    line('Counts', counts),
    line('Names', names),
  ].filter((fact) => fact !== '');
}

function line(label: string, said: readonly string[]): string {
  const distinct = [...new Set(said.map((item) => item.trim()))].slice(0, MOST);
  return distinct.length === 0 ? '' : `${label}: ${distinct.join('; ')}`;
}
