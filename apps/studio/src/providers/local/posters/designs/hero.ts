import type { LayoutNode } from '../layout-tree.js';
import type { Design } from './design.js';
import { glows } from './patterns.js';
import {
  column,
  fill,
  greeting,
  layers,
  line,
  logo,
  qrBlock,
  row,
  smallPrint,
  space,
  title,
  when,
} from './parts.js';

/** The picture over the whole page, darkened where the words stand. */
export const hero: Design = {
  id: 'photo-hero',
  name: 'Full picture with scrim',
  suits: ['concert', 'sport', 'travel', 'hike', 'film', 'party', 'beach', 'outdoor', 'vivid'],
  display: 'Poppins',
  body: 'Inter',
  palettes: [
    {
      paper: '#0c0f1a',
      ink: '#ffffff',
      accent: '#ffc145',
      second: '#ff5964',
      muted: '#e6e9f2',
      onAccent: '#1a1405',
    },
    {
      paper: '#0b1917',
      ink: '#ffffff',
      accent: '#7ae7c7',
      second: '#3a86ff',
      muted: '#e3f0ec',
      onAccent: '#06241b',
    },
    {
      paper: '#190b1c',
      ink: '#ffffff',
      accent: '#ff9ecd',
      second: '#8338ec',
      muted: '#f0e4f1',
      onAccent: '#2a0a20',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    /** From here down the scrim carries text. */
    const dark = page.aspect === 'square' ? 0.32 : 0.46;
    const above = greeting(words);
    const ground: LayoutNode[] = page.scene
      ? [{ type: 'picture', picture: 'scene', fit: 'cover' }]
      : [
          fill({
            stops: [
              { at: 0, colour: 'second' },
              { at: 1, colour: 'paper' },
            ],
            towards: 'diagonal',
          }),
          glows(['accent', 'second'], page.random.fork('glows')),
        ];
    const scrim = fill({
      stops: [
        { at: 0, colour: 'paper', opacity: wide ? 0.94 : 0.05 },
        { at: wide ? 0.5 : dark - 0.2, colour: 'paper', opacity: wide ? 0.86 : 0.25 },
        { at: wide ? 0.72 : dark, colour: 'paper', opacity: wide ? 0.3 : 0.8 },
        { at: 1, colour: 'paper', opacity: wide ? 0 : 0.96 },
      ],
      towards: wide ? 'right' : 'down',
    });
    const text = column(
      [
        space(),
        above === undefined ? undefined : line(above, page, { size: 2.4, weight: 600, colour: 'accent' }),
        title(words, page, { weight: 800, size: wide ? 9 : 10.5, lineHeight: 1.06 }),
        { type: 'shape', shape: 'rectangle', fill: 'accent', height: 0.5, width: 9 },
        line(when(words), page, { size: 3, weight: 600, colour: 'accent' }),
        line(words.venue, page, { size: 2.7, weight: 500 }),
        ...smallPrint(words, page, { colour: 'muted' }),
        wide ? space() : undefined,
      ],
      { gap: 1.7, grow: 1, align: 'stretch' },
    );
    const code = qrBlock(words, page, 10.5);
    if (wide)
      return layers([
        ...ground,
        scrim,
        row(
          [{ ...column([logo(page, 5), text], { gap: 1 }), share: 0.6 }, space(), column([space(), code])],
          { padding: [5, 5.5], gap: 2 },
        ),
      ]);
    return layers([
      ...ground,
      scrim,
      column(
        [
          row([logo(page, 6), space()], { height: page.logo ? 6 : 0.1 }),
          { type: 'box', share: page.aspect === 'square' ? 0.2 : 0.36, children: [] },
          row([text, code === undefined ? undefined : column([space(), code])], { gap: 3, grow: 1 }),
        ],
        { padding: page.aspect === 'tall' ? [10, 6] : [6, 6.5] },
      ),
    ]);
  },
};
