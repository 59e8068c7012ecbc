import { parsePrompt } from '../images/prompt/parse.js';
import { createRandom } from '../images/random.js';
import type { Design } from './designs/design.js';
import { DESIGNS } from './designs/index.js';

/** Letters of any script; a word must stand alone, so that football is no ball. */
const standsIn = (word: string, text: string): boolean =>
  new RegExp(`(?<![\\p{L}])${word}s?(?![\\p{L}])`, 'u').test(text);

/** The design that suits the words best; among equals the seed decides. */
export function chooseDesign(wording: string, seed: number): Design {
  const { event, mood, setting } = parsePrompt(wording);
  const text = wording.toLowerCase();
  const points = ({ suits }: Design): number =>
    suits.reduce(
      (sum, word) =>
        sum +
        (standsIn(word, text) ? 3 : 0) +
        (event !== undefined && standsIn(word, event) ? 3 : 0) +
        (word === mood ? 1 : 0) +
        (word === setting ? 2 : 0),
      0,
    );
  const best = Math.max(...DESIGNS.map(points));
  const [first = DESIGNS[0], ...others] = DESIGNS.filter((design) => points(design) === best);
  if (first === undefined) throw new Error('there are no designs');
  return createRandom(seed).pick([first, ...others]);
}
