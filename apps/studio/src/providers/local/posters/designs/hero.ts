import type { LayoutNode } from '../layout-tree.js';
import type { Design, DesignPage } from './design.js';
import {
  column,
  facts,
  fill,
  greeting,
  layers,
  logo,
  qrCard,
  row,
  scene,
  smallPrint,
  space,
  title,
} from './parts.js';
import { glows } from './patterns.js';

/** Where along the page the picture has gone under in the ground that carries the words. */
const GROUND_FROM = { tall: 0.56, portrait: 0.54, square: 0.44, wide: 0.5 } as const;

/** The picture bleeds off three edges and sinks into the page's own colour at the fourth. */
function picture(page: DesignPage): LayoutNode[] {
  const wide = page.aspect === 'wide';
  const from = GROUND_FROM[page.aspect];
  if (!page.scene)
    return [
      fill({
        stops: [
          { at: 0, colour: 'second' },
          { at: 0.7, colour: 'paper' },
        ],
        towards: 'diagonal',
      }),
      glows(['accent', 'second'], page.random.fork('glows')),
    ];
  const shown = scene(page, { share: from });
  return [wide ? row([space(), shown]) : column([shown, space()])];
}

function scrim({ aspect }: DesignPage): LayoutNode {
  const wide = aspect === 'wide';
  const from = GROUND_FROM[aspect];
  const stops = [
    { at: 0, colour: 'paper', opacity: 0 },
    { at: from - (wide ? 0.12 : 0.16), colour: 'paper', opacity: 0.05 },
    { at: from - 0.005, colour: 'paper', opacity: 1 },
    { at: 1, colour: 'paper', opacity: 1 },
  ] as const;
  if (!wide) return fill({ stops, towards: 'down' });
  const mirrored = stops.map((stop) => ({ ...stop, at: 1 - stop.at })).reverse();
  return fill({ stops: mirrored, towards: 'right' });
}

/** A picture that runs off the page and into the dark where the words stand. */
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
    const text = column(
      [
        wide ? space() : undefined,
        greeting(words, page, { size: 2.5, weight: 600, colour: 'accent' }),
        title(words, page, { weight: 800, size: wide ? 8.5 : 10 }),
        { type: 'shape', shape: 'rectangle', fill: 'accent', height: 0.5, width: 9 },
        ...facts(words, page),
        ...smallPrint(words, page, { colour: 'muted' }),
        space(),
      ],
      { gap: 1.5, grow: 1 },
    );
    const code = qrCard(words, page);
    return layers([
      ...picture(page),
      scrim(page),
      wide
        ? row([column([logo(page, 5), text], { gap: 1, share: 0.5 }), space(), column([space(), code])], {
            padding: [5, 5.5],
            gap: 2,
          })
        : column(
            [
              row([logo(page, 6), space()], { height: page.logo ? 6 : 0.1 }),
              { type: 'box', share: GROUND_FROM[page.aspect] - 0.08, children: [] },
              row([text, code === undefined ? undefined : column([space(), code])], { gap: 3, grow: 1 }),
            ],
            { padding: page.aspect === 'tall' ? [10, 6] : [6, 6.5] },
          ),
    ]);
  },
};
