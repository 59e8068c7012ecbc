import { parseEventDate } from '../posters/event-date.js';

export const SLOT_TYPES = ['text', 'date', 'image', 'colour', 'url', 'number'] as const;
export type SlotType = (typeof SLOT_TYPES)[number];

/** What a template asks for. */
export interface Slot {
  readonly name: string;
  readonly type: SlotType;
  readonly required: boolean;
  /** Of texts, in characters. */
  readonly maxLength?: number;
}

export type SlotValues = Readonly<Record<string, string | number>>;

/** One fault of a value, a slot or a body. */
export interface TemplateFault {
  readonly field: string;
  readonly message: string;
}

const LONGEST_TEXT = 1_000;
const COLOUR = /^#[0-9a-f]{6}$/i;

function isWebAddress(value: string): boolean {
  if (value.length > 2_000 || !URL.canParse(value)) return false;
  return ['https:', 'http:'].includes(new URL(value).protocol);
}

const CHECKS: Readonly<Record<SlotType, (value: unknown, slot: Slot) => string | undefined>> = {
  text: (value, { maxLength = LONGEST_TEXT }) =>
    typeof value === 'string' && value.trim() !== '' && [...value].length <= maxLength
      ? undefined
      : `must be a text of 1 to ${maxLength} characters`,
  date: (value) =>
    typeof value === 'string' && parseEventDate(value) !== undefined ? undefined : 'must be an ISO 8601 date',
  image: (value) =>
    typeof value === 'string' && value !== ''
      ? undefined
      : 'must be an https address, a data URI or the id of an asset',
  colour: (value) =>
    typeof value === 'string' && COLOUR.test(value) ? undefined : 'must be a colour such as #1f5eff',
  url: (value) =>
    typeof value === 'string' && isWebAddress(value) ? undefined : 'must be an http or https address',
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number'),
};

/** Every fault of the values: missing, unknown, of the wrong type, too long. */
export function slotFaults(
  slots: readonly Slot[],
  values: Readonly<Record<string, unknown>>,
): TemplateFault[] {
  const known = new Set(slots.map(({ name }) => name));
  const unknown = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({ field: `slots.${name.slice(0, 60)}`, message: 'the template has no such slot' }));
  const wrong = slots.flatMap((slot): TemplateFault[] => {
    const value = values[slot.name];
    const field = `slots.${slot.name}`;
    if (value === undefined || value === null)
      return slot.required ? [{ field, message: 'is required' }] : [];
    const message = CHECKS[slot.type](value, slot);
    return message === undefined ? [] : [{ field, message }];
  });
  return [...wrong, ...unknown];
}
