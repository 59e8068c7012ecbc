import { cutCleanly } from './clean-cut.js';
import { countTokens } from '../token-count.js';

/** A part of an answer with its wordings, longest first. */
export interface Section {
  readonly id: string;
  readonly levels: readonly string[];
}

export interface Fitted {
  readonly text: string;
  /** Whether even the shortest wording had to be cut off. */
  readonly cut: boolean;
  /** Sections left out or shortened. */
  readonly shortened: readonly string[];
}

const SEPARATOR = '\n\n';
/** Joining two texts never adds more tokens than the separator and a changed boundary. */
const JOIN_TOKENS = 2;

/**
 * Puts sections together in their order within `maxTokens`. `priority` lists what to take first: `id` takes a
 * section at its shortest, `id^` makes it as long as still fits; whatever is left is made longer in the same order.
 * What comes back is whole unless even the first section does not fit.
 */
export function fit(sections: readonly Section[], priority: readonly string[], maxTokens: number): Fitted {
  const present = sections.filter(({ levels }) => levels.some((level) => level !== ''));
  const longest = present.map(({ levels }) => levels[0] ?? '').join(SEPARATOR);
  if (countTokens(longest) <= maxTokens) return { text: longest, cut: false, shortened: [] };
  const ranked = [...present].sort((a, b) => rankOf(priority, a.id) - rankOf(priority, b.id));
  const upgrades = priority.filter((id) => !id.endsWith('^')).map((id) => `${id}^`);
  const chosen = choose(ranked, [...priority, ...upgrades], maxTokens);
  const text = present
    .flatMap(({ id, levels }) => (chosen.has(id) ? [levels[chosen.get(id) ?? 0] ?? ''] : []))
    .join(SEPARATOR);
  const shortened = present.filter(({ id }) => chosen.get(id) !== 0).map(({ id }) => id);
  const first = ranked[0]?.id ?? '';
  if (chosen.size > 0 && countTokens(text) <= maxTokens) return { text, cut: !chosen.has(first), shortened };
  const least = ranked[0]?.levels.at(-1) ?? '';
  return { text: cutCleanly(least, maxTokens), cut: true, shortened };
}

function choose(
  ranked: readonly Section[],
  steps: readonly string[],
  maxTokens: number,
): Map<string, number> {
  const costs = new Map(
    ranked.map(({ id, levels }) => [id, levels.map((level) => countTokens(level) + JOIN_TOKENS)]),
  );
  const cost = (id: string, level: number) => costs.get(id)?.[level] ?? 0;
  const chosen = new Map<string, number>();
  let left = maxTokens;
  const take = (id: string, level: number) => {
    const now = chosen.get(id);
    const extra = cost(id, level) - (now === undefined ? 0 : cost(id, now));
    if ((now !== undefined && level >= now) || extra > left) return;
    chosen.set(id, level);
    left -= extra;
  };
  for (const step of steps) {
    const id = step.replace(/\^$/, '');
    const count = costs.get(id)?.length ?? 0;
    for (let level = step.endsWith('^') ? 0 : Math.max(0, count - 1); level < count; level += 1)
      take(id, level);
  }
  return chosen;
}

function rankOf(priority: readonly string[], id: string): number {
  const rank = priority.indexOf(id);
  return rank < 0 ? priority.length : rank;
}

/**
 * The same for JSON: keys are taken by priority while the whole stays within `maxTokens`; a key that is too long takes
 * its wording in `compact`. The text is valid JSON whatever is left out.
 */
export function fitJson(
  value: Readonly<Record<string, unknown>>,
  priority: readonly string[],
  maxTokens: number,
  compact: Readonly<Record<string, unknown>> = {},
): Fitted {
  const whole = JSON.stringify(value);
  if (countTokens(whole) <= maxTokens) return { text: whole, cut: false, shortened: [] };
  const keys = Object.keys(value).sort((a, b) => rankOf(priority, a) - rankOf(priority, b));
  const full = keys.filter((key) => !(key in compact));
  let chosen: Record<string, unknown> = {};
  for (const key of keys) {
    const wordings = full.includes(key) ? [value[key]] : [value[key], compact[key]];
    const fitting = wordings
      .map((wording) => ({ ...chosen, [key]: wording }))
      .find((candidate) => countTokens(written(candidate, Object.keys(value))) <= maxTokens);
    chosen = fitting ?? chosen;
  }
  const shortened = keys.filter((key) => chosen[key] !== value[key]);
  // An object without keys is still JSON, half an object is not.
  return { text: written(chosen, Object.keys(value)), cut: Object.keys(chosen).length === 0, shortened };
}

/** In the order of `keys`, whatever the order of taking. */
function written(value: Readonly<Record<string, unknown>>, keys: readonly string[]): string {
  return JSON.stringify(
    Object.fromEntries(keys.filter((key) => key in value).map((key) => [key, value[key]])),
  );
}
