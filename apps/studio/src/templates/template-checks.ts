import { COLOUR_ROLES } from '../providers/local/posters/layout-tree.js';
import type { Slot, SlotType } from './template-slots.js';

/** What is wrong with a value of a body; undefined: nothing. */
export type Check = (value: unknown, at: Context) => string | undefined;

/** What a body may refer to. */
export interface Context {
  readonly slots: ReadonlyMap<string, SlotType>;
}

/** `{{name}}` of a slot, within words. */
export const REFERENCE = /\{\{\s*([\w-]+)\s*\}\}/gu;
const ALONE = /^\{\{\s*([\w-]+)\s*\}\}$/u;
const COLOUR = /^#[0-9a-f]{6}$/i;

export const slotTypes = (slots: readonly Slot[]): Context => ({
  slots: new Map(slots.map(({ name, type }) => [name, type])),
});

/** The slot that a value is, when it is nothing else. */
export const slotNamed = (value: unknown): string | undefined =>
  typeof value === 'string' ? ALONE.exec(value)?.[1] : undefined;

export const number =
  (from: number, to: number): Check =>
  (value) =>
    typeof value === 'number' && value >= from && value <= to
      ? undefined
      : `must be a number from ${from} to ${to}`;

export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;

export const slotOf =
  (...types: readonly SlotType[]): Check =>
  (value, { slots }) =>
    types.some((type) => type === slots.get(String(value)))
      ? undefined
      : `must name a slot of type ${types.join(' or ')}`;

export const anySlot: Check = (value, { slots }) =>
  slots.has(String(value)) ? undefined : 'must name a slot';

/** #rrggbb, or a slot of type colour. */
export const plainColour: Check = (value, { slots }) =>
  (typeof value === 'string' && COLOUR.test(value)) || slots.get(slotNamed(value) ?? '') === 'colour'
    ? undefined
    : 'must be #rrggbb or a {{slot}} of type colour';

export const colour: Check = (value, at) =>
  (COLOUR_ROLES as readonly unknown[]).includes(value) || plainColour(value, at) === undefined
    ? undefined
    : `must be #rrggbb, a {{slot}} of type colour, or one of ${COLOUR_ROLES.join(', ')}`;

/** Words with slots in them, at most so many characters. */
export const wordsOf =
  (most: number): Check =>
  (value, { slots }) => {
    if (typeof value !== 'string' || value.length === 0 || value.length > most)
      return `must be a text of 1 to ${most} characters`;
    const unknown = [...value.matchAll(REFERENCE)]
      .map(([, name = '']) => name)
      .filter((name) => !['text', 'date', 'number', 'url'].includes(slots.get(name) ?? ''));
    return unknown.length === 0
      ? undefined
      : `names no slot of text, date, number or url: ${unknown.join(', ')}`;
  };
