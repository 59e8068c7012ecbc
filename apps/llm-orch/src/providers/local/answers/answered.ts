import { fit } from '../fit.js';
import type { Section } from '../fit.js';
import type { Answer, Question } from './answer.js';
import { jsonAnswer } from './json-answer.js';

/** Sections as Markdown, or `value` as JSON when that was asked for. The order of sections is their priority. */
export function answered(
  question: Question,
  sections: readonly Section[],
  value: Readonly<Record<string, unknown>>,
  limits: readonly string[] = [],
): Answer {
  if (question.json) return jsonAnswer(question, value, { limits });
  const priority = sections.map(({ id }) => id);
  return { ...fit(sections, priority, question.maxTokens), limits };
}
