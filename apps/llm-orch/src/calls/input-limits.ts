import type { ErrorFactory } from '@eventzr/http';
import { countTokens } from '../providers/token-count.js';
import { boundTextTokens } from '../providers/prices.js';

/** Of one call. */
export const MOST_INPUTS = 100;
export const MOST_TOKENS_OF_INPUT = 8_192;
/** No text of more characters has so few tokens: counting them would only cost time. */
export const LONGEST_INPUT = 200_000;
/** A hundred inputs of the longest kind, as JSON. */
export const LARGEST_BODY_BYTES = 8 * 1024 * 1024;

/** @throws `tooLong` 400 naming the first input with more than 8,192 tokens of o200k_base */
export async function assertInputTokens(
  inputs: readonly string[],
  field: string,
  tooLong: ErrorFactory,
): Promise<void> {
  for (const [index, input] of inputs.entries()) {
    if (boundTextTokens(input) <= MOST_TOKENS_OF_INPUT) continue;
    // Counting takes a while: others have their turn between two inputs.
    await new Promise((done) => setImmediate(done));
    const tokens = countTokens(input);
    if (tokens > MOST_TOKENS_OF_INPUT)
      throw tooLong({ field: `${field}.${index}`, tokens, maxTokens: MOST_TOKENS_OF_INPUT });
  }
}

/** Upper bound of the tokens of all inputs, for any tokenizer. */
export function boundAll(inputs: readonly string[]): number {
  return inputs.reduce((sum, input) => sum + boundTextTokens(input), 0);
}
