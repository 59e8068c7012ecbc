import { countTokens } from '../../token-count.js';
import { fitJson } from '../fit.js';
import type { Answer, Question } from './answer.js';
import { fillSchema } from './json-schema.js';
import { flatFacts } from './slots.js';

/**
 * The answer as JSON that is valid whatever the space: in the caller's schema where one was given, else in our own.
 * A schema that cannot be met is not met half-way: the answer is an object that says so and names what is missing.
 */
export function jsonAnswer(
  question: Question,
  value: Readonly<Record<string, unknown>>,
  options: {
    priority?: readonly string[];
    compact?: Readonly<Record<string, unknown>>;
    limits?: readonly string[];
  } = {},
): Answer {
  const { priority = Object.keys(value), compact, limits = [] } = options;
  const { schema, maxTokens } = question;
  if (schema === undefined) return { ...fitJson(value, priority, maxTokens, compact), limits };
  const result = fillSchema(schema, { ...flatFacts(question.brief), ...present(value) });
  const text = 'value' in result ? JSON.stringify(result.value) : '';
  if ('value' in result && countTokens(text) <= maxTokens) return { text, cut: false, shortened: [], limits };
  const missing = 'missing' in result ? result.missing : ['maxTokens is too small for the schema'];
  const message = 'The given JSON schema cannot be filled from this request without inventing facts.';
  return {
    ...fitJson({ error: 'schema_not_met', missing, message }, ['error', 'missing', 'message'], maxTokens),
    limits: [...limits, `the given JSON schema could not be met: ${missing.slice(0, 6).join(', ')}`],
  };
}

/** Unknowns of the answer must not hide facts of the same name. */
function present(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined));
}
