import { FONT_FAMILIES } from '../providers/local/posters/fonts.js';
import { anySlot, type Check, colour, number, oneOf, slotOf, slotTypes, wordsOf } from './template-checks.js';
import type { Slot, TemplateFault } from './template-slots.js';

/** A node of a template's body: plain JSON of the properties below, nothing else. */
export type TemplateNode = Readonly<Record<string, unknown>> & { readonly type: string };

const MOST_NODES = 200;
const DEEPEST = 12;

const words = wordsOf(500);

const padding: Check = (value, at) =>
  Array.isArray(value) && value.length === 2
    ? value.map((each) => number(0, 40)(each, at)).find((fault) => fault !== undefined)
    : number(0, 40)(value, at);

const border: Check = (value, at) => {
  if (typeof value !== 'object' || value === null || Object.keys(value).sort().join() !== 'colour,width')
    return 'must have width and colour';
  const { width, colour: tint } = value as { width: unknown; colour: unknown };
  return number(0, 5)(width, at) ?? colour(tint, at);
};

const PLACED: Readonly<Record<string, Check>> = {
  share: number(0, 1),
  height: number(0, 200),
  width: number(0, 200),
  grow: number(0, 100),
  drop: number(0, 100),
  when: anySlot,
};
const PICTURE = {
  fit: oneOf('cover', 'contain'),
  ratio: number(0.1, 10),
  radius: number(0, 50),
  shape: oneOf('rectangle', 'arch', 'circle'),
};

/** What each kind of node may carry; what a kind must carry is in {@link NEEDED}. */
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  box: {
    direction: oneOf('column', 'row'),
    gap: number(0, 40),
    padding,
    justify: oneOf('start', 'center', 'end', 'between'),
    align: oneOf('start', 'center', 'end', 'stretch'),
    fill: colour,
    opacity: number(0, 1),
    radius: number(0, 50),
    border,
  },
  layers: {},
  text: {
    text: words,
    font: oneOf(...FONT_FAMILIES),
    weight: oneOf(300, 400, 500, 600, 700, 800, 900),
    italic: oneOf(true, false),
    size: number(1, 40),
    smallest: number(0.5, 40),
    lineHeight: number(0.9, 3),
    tracking: number(-0.1, 1),
    upper: oneOf(true, false),
    colour,
    align: oneOf('left', 'center', 'right'),
    balanced: oneOf(true, false),
    maxLines: number(1, 50),
  },
  image: {
    slot: (value, at) => (value === 'scene' || value === 'logo' ? undefined : slotOf('image')(value, at)),
    ...PICTURE,
  },
  qr: { slot: slotOf('url'), size: number(5, 60) },
  shape: { shape: oneOf('rectangle', 'circle', 'line'), fill: colour, opacity: number(0, 1) },
};
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  box: [],
  layers: [],
  text: ['text', 'size'],
  image: ['slot'],
  qr: ['slot', 'size'],
  shape: ['shape', 'fill'],
};

/** What a record itself has under a name that a caller wrote: `constructor` is no kind of node. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function isNode(value: unknown): value is TemplateNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof (value as { type?: unknown }).type === 'string'
  );
}

/** Every fault of a body: unknown kinds and properties, values out of bounds, references to slots that there are not. */
export function bodyFaults(body: unknown, slots: readonly Slot[]): TemplateFault[] {
  const context = slotTypes(slots);
  const faults: TemplateFault[] = [];
  let nodes = 0;
  const visit = (node: unknown, field: string, depth: number): void => {
    nodes += 1;
    if (nodes > MOST_NODES) return;
    const properties = isNode(node) ? own(PROPERTIES, node.type) : undefined;
    if (!isNode(node) || properties === undefined) {
      faults.push({ field, message: `must be a node of type ${Object.keys(PROPERTIES).join(', ')}` });
      return;
    }
    const holds = node.type === 'box' || node.type === 'layers';
    for (const [name, value] of Object.entries(node)) {
      if (name === 'type' || (holds && name === 'children')) continue;
      const check = own(PLACED, name) ?? own(properties, name);
      const message = check === undefined ? `is not a property of ${node.type}` : check(value, context);
      if (message !== undefined) faults.push({ field: `${field}.${name.slice(0, 40)}`, message });
    }
    for (const name of NEEDED[node.type] ?? [])
      if (node[name] === undefined) faults.push({ field: `${field}.${name}`, message: 'is required' });
    if (!holds) return;
    const { children } = node;
    if (!Array.isArray(children))
      faults.push({ field: `${field}.children`, message: 'must be a list of nodes' });
    else if (depth >= DEEPEST) faults.push({ field, message: `must not be deeper than ${DEEPEST} levels` });
    else children.forEach((child, index) => visit(child, `${field}.children[${index}]`, depth + 1));
  };
  visit(body, 'body', 1);
  if (nodes > MOST_NODES) faults.push({ field: 'body', message: `must have at most ${MOST_NODES} nodes` });
  return faults;
}
