import { readings } from './prompt-text.js';
import { type ModerationCategory, WORD_RULES } from './prompt-words.js';

/** Why a text is refused, by words and patterns alone; undefined: nothing was found. */
export function refusedFor(text: string): ModerationCategory | undefined {
  const read = readings(text);
  return WORD_RULES.find(({ all, unless }) =>
    read.some((each) => all.every((part) => part.test(each)) && unless?.test(each) !== true),
  )?.category;
}
