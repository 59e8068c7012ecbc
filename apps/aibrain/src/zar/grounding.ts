import { claimsOf, dice } from './claims.js';
import { numbersOf } from './words.js';

/** How alike a written claim must be to one of its sources. */
const SAME_CLAIM = 0.4;
/** Share of claims without a source from which on a text is not used. */
const MOST_UNGROUNDED = 0.2;

export interface Grounding {
  readonly grounded: boolean;
  /** Claims that no source makes. */
  readonly ungrounded: readonly string[];
}

/**
 * Whether `text` says only what its sources say. A figure that none of them names is enough to refuse it.
 * @param known what the asker said: its figures may be repeated
 */
export function groundingOf(text: string, sources: readonly string[], known: string): Grounding {
  const claims = claimsOf(text);
  const sourceClaims = [...sources, known].flatMap(claimsOf);
  const figures = new Set([...sources, known].flatMap(numbersOf));
  const ungrounded = claims.filter(
    ({ words }) => !sourceClaims.some((source) => dice(words, source.words) >= SAME_CLAIM),
  );
  const invented = claims.some(({ text: said }) => numbersOf(said).some((figure) => !figures.has(figure)));
  return {
    grounded: claims.length > 0 && !invented && ungrounded.length <= MOST_UNGROUNDED * claims.length,
    ungrounded: ungrounded.map(({ text: said }) => said),
  };
}
