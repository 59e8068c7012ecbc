import type { Claim } from './claims.js';
import { claimsOf, compareClaims } from './claims.js';
import type { Facts } from './facts.js';
import { compareFacts, factsOf, opposedSlots } from './facts.js';
import { withoutOrders } from './words.js';

export type ConsensusLevel = 'high' | 'medium' | 'low' | 'none';

/** What one member answered. */
export interface Said {
  readonly slot: string;
  readonly text: string;
}

export interface Disagreement {
  readonly topic: string;
  readonly positions: readonly { readonly member: string; readonly says: string }[];
}

export interface Agreement {
  /** 0 to 1, in thousandths. */
  readonly score: number;
  readonly level: ConsensusLevel;
  /** Short answers to the letter the same: there is nothing to write anew. */
  readonly unanimous: boolean;
  readonly disagreements: readonly Disagreement[];
  /** The answer nearest to all others. */
  readonly medoid: Said;
}

/**
 * Least score of each level; below the last there is no consensus. High and medium stand as the ensemble research has
 * them; the contract only names "low". Ours begins just above a third, so that three short answers of which no two are
 * the same (1/3) are no consensus, while any two that are (2/3) are one. Of prose: three answers to one request by the
 * local planners score 0.78 to 1 (nine requests), three answers to three different requests 0.31 (median of 84).
 */
const LEVELS = [
  ['high', 0.8],
  ['medium', 0.55],
  ['low', 0.35],
] as const;
const LONGEST_SHORT_ANSWER = 120;
const WEIGHTS = { claims: 0.5, facts: 0.3, stance: 0.2 };
const MOST_DISAGREEMENTS = 20;
const LONGEST_POSITION = 200;

/**
 * How far answers agree: computed, the same for the same answers in any order, and blind to what they say of themselves.
 * @param answers at least two
 */
export function agreementOf(answers: readonly Said[]): Agreement {
  const read = answers.map(readAnswer);
  const short = read.every(({ plain }) => plain.length <= LONGEST_SHORT_ANSWER && !plain.includes('\n'));
  const likeness = (one: ReadAnswer, other: ReadAnswer) =>
    short ? Number(one.canonical === other.canonical) : similarity(one, other);
  const pairs = pairsOf(read).map(([one, other]) => ({ one, other, likeness: likeness(one, other) }));
  const score = short
    ? largestGroup(read) / read.length
    : pairs.reduce((sum, pair) => sum + pair.likeness, 0) / Math.max(1, pairs.length);
  const rounded = Math.round(score * 1_000) / 1_000;
  return {
    score: rounded,
    level: levelOf(rounded, answers.length),
    unanimous: short && pairs.every((pair) => pair.likeness === 1),
    disagreements: (short ? shortDisagreement(read) : disagreementsOf(pairs)).slice(0, MOST_DISAGREEMENTS),
    medoid: medoidOf(read, pairs).said,
  };
}

interface ReadAnswer {
  readonly said: Said;
  /** Without its orders to the reader. */
  readonly plain: string;
  readonly canonical: string;
  readonly claims: readonly Claim[];
  readonly facts: Facts;
}

interface Pair {
  readonly one: ReadAnswer;
  readonly other: ReadAnswer;
  readonly likeness: number;
}

function readAnswer(said: Said): ReadAnswer {
  const plain = withoutOrders(said.text).trim();
  const canonical = plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.:%-]+/gu, ' ')
    // Only from where a run begins: else a long one that does not end the text is tried from each of its signs.
    .replace(/(?<![.\s])[.\s]+$/, '')
    .trim();
  return { said, plain, canonical, claims: claimsOf(said.text), facts: factsOf(said.text) };
}

function similarity(one: ReadAnswer, other: ReadAnswer): number {
  const { share, stance } = compareClaims(one.claims, other.claims);
  const facts = compareFacts(one.facts, other.facts) ?? share;
  return WEIGHTS.claims * share + WEIGHTS.facts * facts + WEIGHTS.stance * stance;
}

function pairsOf<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

/** Two answers cannot be more than half sure of what three would say. */
function levelOf(score: number, answered: number): ConsensusLevel {
  const [level] = LEVELS.find(([, least]) => score >= least) ?? (['none'] as const);
  return level === 'high' && answered < 3 ? 'medium' : level;
}

function largestGroup(read: readonly ReadAnswer[]): number {
  return Math.max(...read.map(({ canonical }) => read.filter((one) => one.canonical === canonical).length));
}

/** Ties go by what is said, so that neither the order of the members nor an order to the reader decides anything. */
function medoidOf(read: readonly ReadAnswer[], pairs: readonly Pair[]): ReadAnswer {
  const ranked = read
    .map((answer) => ({
      answer,
      nearness: pairs
        .filter(({ one, other }) => one === answer || other === answer)
        .reduce((sum, { likeness }) => sum + likeness, 0),
    }))
    .sort((a, b) => b.nearness - a.nearness || byWords(a.answer, b.answer));
  const [first] = ranked;
  if (first === undefined) throw new Error('There is no nearest answer among none');
  return first.answer;
}

function byWords(one: ReadAnswer, other: ReadAnswer): number {
  const words = ({ plain }: ReadAnswer) => plain.replace(/\s+/g, ' ');
  const [a, b] = [words(one), words(other)];
  if (a !== b) return a < b ? -1 : 1;
  // The same words: the one that says nothing besides.
  const longer = one.said.text.length - other.said.text.length;
  return longer === 0 ? (one.said.text < other.said.text ? -1 : 1) : longer;
}

function shortDisagreement(read: readonly ReadAnswer[]): Disagreement[] {
  if (new Set(read.map(({ canonical }) => canonical)).size < 2) return [];
  const positions = read.map(({ said, plain }) => ({ member: said.slot, says: plain }));
  return [{ topic: 'answer', positions }];
}

function disagreementsOf(pairs: readonly Pair[]): Disagreement[] {
  const topics = new Map<string, Map<string, string>>();
  const note = (topic: string, { said }: ReadAnswer, says: string): void => {
    const positions = topics.get(topic) ?? new Map<string, string>();
    const [shown, known] = [says.slice(0, LONGEST_POSITION), positions.get(said.slot)];
    topics.set(topic, positions.set(said.slot, known !== undefined && known < shown ? known : shown));
  };
  for (const { one, other } of pairs) {
    for (const { topic, values } of opposedSlots(one.facts, other.facts)) {
      note(topic, one, values[0]);
      note(topic, other, values[1]);
    }
    for (const [claim, against] of compareClaims(one.claims, other.claims).opposed) {
      const topic = [...claim.words].filter((word) => against.words.has(word)).sort().join(' '); // prettier-ignore
      note(topic, one, claim.text);
      note(topic, other, against.text);
    }
  }
  return [...topics]
    .map(([topic, positions]) => ({
      topic,
      positions: [...positions].map(([member, says]) => ({ member, says })).sort(byMember),
    }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

function byMember(one: { member: string }, other: { member: string }): number {
  return one.member < other.member ? -1 : 1;
}
