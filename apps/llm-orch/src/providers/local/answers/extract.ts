import type { Answer, Question } from './answer.js';
import { jsonAnswer } from './json-answer.js';
import { lookUp } from './json-schema.js';
import { flatFacts, slotsOf } from './slots.js';

/** "with keys name, email and guests": the caller's own names, in the caller's order. */
const KEYS =
  /\b(?:keys|fields|properties|columns|attributes)\b\s{0,3}:?\s{0,3}(?<list>[\w-]{1,30}(?:(?:\s?,\s?(?:and )?|\s(?:and|&)\s)[\w-]{1,30}){0,20})(?=\s+(?:from|of|in|for|out)\b|\s*[:.\n]|\s*$)/i;

/** The slots as JSON; what was not said is null. */
export function extractionAnswer(question: Question): Answer {
  const list = KEYS.exec(question.prompt.slice(0, 400))?.groups?.['list'];
  const value = list === undefined ? slotsOf(question.brief) : inKeys(list, question);
  return jsonAnswer(question, value, {
    limits: ['fields are found by rules; null means that nothing was recognised'],
  });
}

function inKeys(list: string, { brief }: Question): Record<string, unknown> {
  const known = flatFacts(brief);
  const keys = list.split(/\s?,\s?(?:and )?|\s(?:and|&)\s/).filter((key) => key !== '');
  return Object.fromEntries(keys.map((key) => [key, lookUp(known, key) ?? null]));
}
