import { HttpErrors } from '@eventzr/http';
import { list, text } from '../providers/wire/json-shapes.js';
import { LONGEST_INPUT, MOST_INPUTS } from './input-limits.js';

/** `input` as OpenAI's clients write it: a text, or a list of them. @throws VALIDATION_FAILED 400 */
export function textsOf(input: unknown): string[] {
  const texts = (typeof input === 'string' ? [input] : (list(input) ?? [])).map((item) => text(item) ?? '');
  const usable = texts.every((item) => item !== '' && item.length <= LONGEST_INPUT);
  if (texts.length > 0 && texts.length <= MOST_INPUTS && usable) return texts;
  throw HttpErrors.VALIDATION_FAILED([
    {
      field: 'input',
      rule: 'texts',
      message: `input must be a text, or a list of 1 to ${MOST_INPUTS}, none of them empty`,
    },
  ]);
}
