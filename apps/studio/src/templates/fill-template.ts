import { dateInWords, parseEventDate } from '../posters/event-date.js';
import type { LayoutNode } from '../providers/local/posters/layout-tree.js';
import type { TemplateNode } from './template-body.js';
import { REFERENCE } from './template-checks.js';
import type { Slot, SlotValues } from './template-slots.js';

/** Puts values into words, dates and numbers as the language writes them; an empty slot leaves nothing. */
export function fillerOf(
  slots: readonly Slot[],
  values: SlotValues,
  locale: string,
): (words: string) => string {
  const types = new Map(slots.map(({ name, type }) => [name, type]));
  const wordsOf = (name: string): string => {
    const value = values[name];
    if (value === undefined) return '';
    if (types.get(name) !== 'date')
      return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
    const date = parseEventDate(String(value));
    if (date === undefined) return String(value);
    const { date: day, time } = dateInWords(date, locale);
    return time === undefined ? day : `${day} · ${time}`;
  };
  return (words) => words.replace(REFERENCE, (_match, name: string) => wordsOf(name));
}

/** Puts the values where a checked body refers to them; what hangs on an empty slot is left out. Values are never markup. */
export function fillTemplate(
  body: TemplateNode,
  slots: readonly Slot[],
  values: SlotValues,
  locale: string,
): LayoutNode {
  const fill = fillerOf(slots, values, locale);
  const filled = (value: unknown): unknown => (typeof value === 'string' ? fill(value) : value);
  const empty = (node: TemplateNode): boolean =>
    (typeof node['when'] === 'string' && values[node['when']] === undefined) ||
    ((node.type === 'qr' || node.type === 'image') &&
      !['scene', 'logo'].includes(String(node['slot'])) &&
      values[String(node['slot'])] === undefined) ||
    (node.type === 'text' && String(filled(node['text'])).trim() === '');
  const build = (node: TemplateNode): Record<string, unknown> => {
    const { when: _condition, slot, children, ...rest } = node;
    const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, filled(value)]));
    if (node.type === 'box' || node.type === 'layers')
      return { ...plain, children: (children as TemplateNode[]).filter((child) => !empty(child)).map(build) };
    if (node.type === 'text') return { font: 'Inter', colour: 'ink', ...plain };
    if (node.type === 'image') return { fit: 'cover', ...plain, type: 'picture', picture: slot };
    return node.type === 'qr' ? { ...plain, text: String(values[String(slot)] ?? '') } : plain;
  };
  return build(body) as unknown as LayoutNode; // the body was checked when it was written
}
