import type { Brief } from '../brief.js';
import type { Fitted, Section } from '../fit.js';
import type { PlannerVariant } from '../plan/make-plan.js';
import type { UseCase } from '../../use-cases.js';
import type { JsonSchema } from './json-schema.js';

/** What an answer is made from. `prompt` is the last user message, `brief` what the whole conversation says. */
export interface Question {
  readonly prompt: string;
  readonly brief: Brief;
  readonly useCase: UseCase;
  readonly json: boolean;
  /** Asked for in the conversation; only looked at when JSON is asked for. */
  readonly schema?: JsonSchema;
  readonly maxTokens: number;
  /** Decides between equally good wordings; the same question gets the same answer. */
  readonly seed: number;
  readonly now: Date;
  readonly planner: PlannerVariant;
}

export interface Answer extends Fitted {
  readonly limits: readonly string[];
}

/** A section with one wording. */
export function section(id: string, ...levels: readonly string[]): Section {
  return { id, levels };
}

/** One of several equally good wordings, by seed and a name for the spot. */
export function pick<T>(options: readonly T[], seed: number, spot: string): T {
  const [first] = options;
  if (first === undefined) throw new Error('nothing to pick from');
  return options[hash(`${seed}:${spot}`) % options.length] ?? first;
}

/** FNV-1a, 32 bit. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** The text a task works on: after a colon, in quotes, or below the first line; undefined for a bare order. */
export function givenText(prompt: string): string | undefined {
  // A quote ends at the next mark of any kind: looking past it takes time with the square of the length.
  const quoted = /["“«]([^"“”«»]{12,})["”»]/.exec(prompt)?.[1];
  if (quoted !== undefined && quoted.length > prompt.length * 0.4) return quoted.trim();
  const order = /^[^\n:.]{0,160}?[:\n]\s*/.exec(prompt);
  const rest = order
    ? prompt
        .slice(order[0].length)
        .replace(/^(?:context|text|content)\s*:\s*/i, '')
        .trim()
    : '';
  if (rest.split(/\s+/).length >= 4) return rest;
  const sentences = prompt.match(/[^.!?]+(?:[.!?]+|$)/g) ?? [];
  const afterOrder = sentences.slice(1).join('').trim();
  return afterOrder.split(/\s+/).length >= 12 ? afterOrder : undefined;
}
