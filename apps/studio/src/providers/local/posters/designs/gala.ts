import type { Design } from './design.js';
import { framedPage } from './framed.js';
import { decoFans, flourish, frames } from './ornaments.js';
import { CENTRED, centredFacts, fill, hostsAbove, logo, masthead, smallPrint, title } from './parts.js';

/** Black and gold, fans in the corners. */
export const gala: Design = {
  id: 'gala',
  name: 'Gala in black and gold',
  suits: ['gala', 'ball', 'award', 'new year', 'charity', 'casino', 'dark', 'elegant'],
  display: 'Playfair Display',
  body: 'Playfair Display',
  palettes: [
    {
      paper: '#0f0e0c',
      ink: '#f7f0df',
      accent: '#d4af5a',
      second: '#8c7333',
      muted: '#cfc4a8',
      onAccent: '#16120a',
    },
    {
      paper: '#0d1526',
      ink: '#f3f1e8',
      accent: '#d9b873',
      second: '#56658a',
      muted: '#c3c9d8',
      onAccent: '#10182a',
    },
    {
      paper: '#1d0d14',
      ink: '#fbeff0',
      accent: '#e0a96d',
      second: '#7a3a4c',
      muted: '#dcc3c6',
      onAccent: '#200f16',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const ground = [
      fill('paper'),
      decoFans('accent', wide ? 9 : 11),
      frames('accent', [
        [2.2, 0.35],
        [3.4, 0.14],
      ]),
    ];
    const wording = [
      logo(page, 4.5),
      masthead(words, page, {
        size: 2,
        weight: 500,
        tracking: 0.04,
        upper: true,
        colour: 'muted',
        ...CENTRED,
      }),
      title(words, page, {
        size: wide ? 8 : 9.5,
        upper: true,
        tracking: 0.03,
        lineHeight: 1.14,
        colour: 'accent',
        ...CENTRED,
      }),
      flourish('accent'),
      ...centredFacts(words, page),
      ...smallPrint(hostsAbove(words), page, { colour: 'muted', ...CENTRED }),
    ];
    return framedPage(words, page, ground, wording, {
      picture: { radius: 0.6 },
      share: { tall: 0.34, portrait: 0.34, square: 0.2, wide: 0.32 },
      padding: { tall: [14, 9], portrait: [9.5, 12], square: [8, 12], wide: [7, 9] },
    });
  },
};
