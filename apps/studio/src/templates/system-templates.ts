import { derivedId } from '@eventzr/config';
import { DESIGNS } from '../providers/local/posters/designs/index.js';
import { THEMES } from '../providers/local/slides/themes.js';
import type { Slot } from './template-slots.js';

/** Fixed: the ids of built-in templates are the same everywhere and for ever. */
const NAMESPACE = '5f0c1f0e-7c1b-4f5e-9a55-0d8f3a1f5e10';

/** A template that ships with the service. */
export interface SystemTemplate {
  readonly id: string;
  readonly kind: 'poster' | 'invitation' | 'presentation';
  readonly name: string;
  /** A design of papers, or a theme of slides. */
  readonly design: string;
  readonly slots: readonly Slot[];
}

const SLOTS: readonly Slot[] = [
  { name: 'title', type: 'text', required: true, maxLength: 120 },
  { name: 'date', type: 'date', required: true },
  { name: 'venue', type: 'text', required: true, maxLength: 160 },
  { name: 'description', type: 'text', required: false, maxLength: 400 },
  { name: 'link', type: 'url', required: false },
];

/** Either may be given as the request's own field instead, and an outline in place of a topic. */
const DECK_SLOTS: readonly Slot[] = [
  { name: 'topic', type: 'text', required: false, maxLength: 1_000 },
  { name: 'audience', type: 'text', required: false, maxLength: 200 },
];

const INVITATIONS = new Set(['wedding', 'gala', 'kids-party', 'garden']);

const PAPERS = DESIGNS.map(({ id, name }): SystemTemplate => ({
  id: derivedId(NAMESPACE, `template:${id}`),
  kind: INVITATIONS.has(id) ? 'invitation' : 'poster',
  name,
  design: id,
  slots: SLOTS,
}));

const DECKS = THEMES.map(({ name }): SystemTemplate => ({
  id: derivedId(NAMESPACE, `deck:${name}`),
  kind: 'presentation',
  name: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  design: name,
  slots: DECK_SLOTS,
}));

export const SYSTEM_TEMPLATES: readonly SystemTemplate[] = [...PAPERS, ...DECKS];

export const systemTemplate = (id: string): SystemTemplate | undefined =>
  SYSTEM_TEMPLATES.find((template) => template.id === id);
