import { derivedId } from '@eventzr/config';
import { DESIGNS } from '../providers/local/posters/designs/index.js';
import type { Slot } from './template-slots.js';

/** Fixed: the ids of built-in templates are the same everywhere and for ever. */
const NAMESPACE = '5f0c1f0e-7c1b-4f5e-9a55-0d8f3a1f5e10';

/** A template that ships with the service. */
export interface SystemTemplate {
  readonly id: string;
  readonly kind: 'poster' | 'invitation';
  readonly name: string;
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

const INVITATIONS = new Set(['wedding', 'gala', 'kids-party', 'garden']);

export const SYSTEM_TEMPLATES: readonly SystemTemplate[] = DESIGNS.map(({ id, name }) => ({
  id: derivedId(NAMESPACE, `template:${id}`),
  kind: INVITATIONS.has(id) ? 'invitation' : 'poster',
  name,
  design: id,
  slots: SLOTS,
}));

export const systemTemplate = (id: string): SystemTemplate | undefined =>
  SYSTEM_TEMPLATES.find((template) => template.id === id);
