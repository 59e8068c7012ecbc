import { contentWords, isNegated, isOrder, sentencesOf } from './words.js';

/** One thing that an answer says. */
export interface Claim {
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
}

const MOST_CLAIMS = 150;
/** From here on two claims speak of the same thing. */
const SAME_MATTER = 0.5;

/** What an answer says, sentence by sentence; orders to the reader are no claims. */
export function claimsOf(text: string): Claim[] {
  return sentencesOf(text)
    .filter((sentence) => !isOrder(sentence))
    .map((sentence) => ({
      text: sentence,
      words: new Set(contentWords(sentence)),
      negated: isNegated(sentence),
    }))
    .filter(({ words }) => words.size > 0)
    .slice(0, MOST_CLAIMS);
}

export interface ClaimOverlap {
  /** How much of the one that says less is said by the other too, 0 to 1. */
  readonly share: number;
  /** Of what both speak of, the share that neither denies alone, 0 to 1; 0 without a common matter. */
  readonly stance: number;
  /** Pairs on one matter of which one side is a denial. */
  readonly opposed: readonly (readonly [Claim, Claim])[];
}

/** Compares what two answers say; the order of the two does not matter to `share` and `stance`. */
export function compareClaims(one: readonly Claim[], other: readonly Claim[]): ClaimOverlap {
  const there = bestMatches(one, other);
  const back = bestMatches(other, one);
  const common = [...there, ...back].filter(({ likeness }) => likeness >= SAME_MATTER);
  const apart = common.filter(({ claim, match }) => claim.negated !== match.negated);
  return {
    share: Math.max(mean(there), mean(back)),
    stance: common.length === 0 ? 0 : 1 - apart.length / common.length,
    opposed: opposedOf(there, back),
  };
}

/** Seen from either side, each pair once. */
function opposedOf(there: readonly Match[], back: readonly Match[]): (readonly [Claim, Claim])[] {
  const pairs = [
    ...there.filter(isOpposed).map(({ claim, match }) => [claim, match] as const),
    ...back.filter(isOpposed).map(({ claim, match }) => [match, claim] as const),
  ];
  return pairs.filter(
    ([one, other], index) => pairs.findIndex(([a, b]) => a === one && b === other) === index,
  );
}

function isOpposed({ likeness, claim, match }: Match): boolean {
  return likeness >= SAME_MATTER && claim.negated !== match.negated;
}

interface Match {
  readonly claim: Claim;
  readonly match: Claim;
  readonly likeness: number;
}

function bestMatches(claims: readonly Claim[], among: readonly Claim[]): Match[] {
  return claims.flatMap((claim) => {
    const best = among.reduce<Match | undefined>((found, match) => {
      const likeness = dice(claim.words, match.words);
      return found === undefined || likeness > found.likeness ? { claim, match, likeness } : found;
    }, undefined);
    return best === undefined ? [] : [best];
  });
}

function mean(matches: readonly Match[]): number {
  if (matches.length === 0) return 0;
  return matches.reduce((sum, { likeness }) => sum + likeness, 0) / matches.length;
}

/** How much two sets share, 0 to 1. */
export function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0;
  return (2 * common(one, other)) / (one.size + other.size);
}

export function common(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((word) => other.has(word)).length;
}
