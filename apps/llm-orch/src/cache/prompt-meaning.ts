import { createHash } from 'node:crypto';
import { wordsOf } from '../providers/local/words/words.js';

/** Longer prompts are only compared letter by letter. */
const LONGEST_PROMPT = 4_000;

const LIGHT_WORDS = new Set(['a', 'an', 'the']);
/** How a request may begin without saying more than that something is wanted. */
const REQUEST = 'write';
/** Where one statement ends and the next begins: what stands on one side says nothing about the other. */
const CLAUSE_ENDS = new Set([',', ';', ':', '.', '!', '?', 'and', 'or', 'but', 'then']);
/** A phrase after these tells place, time or purpose of the whole, wherever in its clause it stands. */
const MOVABLE: ReadonlyMap<string, string> = new Map([
  ['in', 'in'],
  ['at', 'in'],
  ['on', 'on'],
  ['for', 'for'],
]);
const ASKS_BY_ITSELF =
  /^\W*(?:please |hi,? |hello,? |hey,? )?(?:who|what|whats|which|when|where|why|how|can you|could you|would you|will you)\b/iu;
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** A phrase within a clause: what introduces it (empty for the head) and its words in their order. */
interface Phrase {
  readonly label: string;
  readonly words: string[];
}

/**
 * What a prompt asks, as a hash that two prompts share only when they use the same words (or one of a few synonyms and
 * spellings) in the same roles: every number, date, sum, name, place, negation and opposite must be there in both, at
 * the same place of its phrase. Only whole phrases of place, time and purpose may move, and courtesy may differ. So
 * reversals, swaps and other numbers never meet, whatever an embedding thinks of their nearness; a freer rewording is
 * missed. Undefined: too long, or nothing in it can be compared.
 */
export function meaningOf(prompt: string): string | undefined {
  if (prompt.length > LONGEST_PROMPT) return undefined;
  const clauses = clausesOf(withDates(wordsOf(prompt)));
  const written = clauses.map(clauseText).filter((clause) => clause !== '');
  if (written.length === 0) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([...written, moodOf(prompt)]))
    .digest('hex');
}

/** "It is cancelled?" is not "It is cancelled."; what asks by its first word needs no sign for it. */
function moodOf(prompt: string): string {
  return /[?؟？]\s*$/u.test(prompt) && !ASKS_BY_ITSELF.test(prompt) ? 'asked' : 'said';
}

/** "june 5", "5 june" and "5 of june" as one word. */
function withDates(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', next = '', third = ''] = words.slice(at, at + 3);
    const skipped = isDay(word) && next === 'of' && MONTHS.includes(third) ? 2 : 1;
    const date = skipped === 2 ? dateOf(third, word) : (dateOf(word, next) ?? dateOf(next, word));
    joined.push(date ?? word);
    if (date !== undefined) at += skipped;
  }
  return joined;
}

function dateOf(month: string, day: string): string | undefined {
  return MONTHS.includes(month) && isDay(day) ? `${month}-${day}` : undefined;
}

function isDay(word: string): boolean {
  return /^(?:[1-9]|[12]\d|3[01])$/u.test(word);
}

function clausesOf(words: readonly string[]): Phrase[][] {
  let clause: Phrase[] = [{ label: '', words: [] }];
  const clauses = [clause];
  for (const [at, word] of words.entries()) {
    const label = MOVABLE.get(word);
    if (CLAUSE_ENDS.has(word)) {
      // ", in Lisbon" goes on; ", dinner" begins anew. Which of them ended a clause is kept where it says something.
      if (word === ',' && MOVABLE.has(words[at + 1] ?? '')) continue;
      clause = [{ label: word === 'or' || word === 'but' ? word : '', words: [] }];
      clauses.push(clause);
    } else if (label !== undefined) clause.push({ label, words: [] });
    else if (!LIGHT_WORDS.has(word)) clause.at(-1)?.words.push(word);
  }
  dropRequest(clauses[0]?.[0]);
  return clauses;
}

function dropRequest(head: Phrase | undefined): void {
  if (head?.words[0] === REQUEST) head.words.shift();
}

/** Phrases of one label keep their order among themselves: the sort is stable. */
function clauseText([head, ...phrases]: readonly Phrase[]): string {
  if (head === undefined) return '';
  const said = [head, ...phrases.toSorted((a, b) => a.label.localeCompare(b.label))];
  const written = said.map(({ label, words }) => [label, ...words].join(' ').trim());
  return written.filter((phrase) => phrase !== '').join(' | ');
}
