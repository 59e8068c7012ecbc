import type { Design } from './design.js';
import { framedPage } from './framed.js';
import { botanicalCorners, flourish, frames } from './ornaments.js';
import { CENTRED, centredFacts, fill, hostsAbove, logo, masthead, smallPrint, title } from './parts.js';

const DISPLAY = 'Playfair Display';
/** For one line that is no fact: handwriting is pretty, and hard to read. */
const SCRIPT = 'Dancing Script';

/** A line of handwriting, leaves in the corners, an arch for the picture. */
export const wedding: Design = {
  id: 'wedding',
  name: 'Elegant wedding',
  suits: ['wedding', 'engagement', 'anniversary', 'christening', 'elegant'],
  display: DISPLAY,
  body: 'Playfair Display',
  palettes: [
    {
      paper: '#fbf7f1',
      ink: '#3a3330',
      accent: '#8c5a4a',
      second: '#8fa68a',
      muted: '#6f635c',
      onAccent: '#ffffff',
    },
    {
      paper: '#f6f6f2',
      ink: '#2f3a36',
      accent: '#4a6b5c',
      second: '#c58f86',
      muted: '#5f6b65',
      onAccent: '#ffffff',
    },
    {
      paper: '#faf4f5',
      ink: '#3d2f38',
      accent: '#914f6d',
      second: '#a3b18a',
      muted: '#76626d',
      onAccent: '#ffffff',
    },
  ],
  build(words, page) {
    const wide = page.aspect === 'wide';
    const ground = [
      fill('paper'),
      botanicalCorners(['second', 'second', 'accent'], wide ? 16 : 22),
      frames('accent', [
        [2.4, 0.16],
        [3.1, 0.3],
      ]),
    ];
    const wording = [
      logo(page, 4.5),
      masthead(words, page, {
        font: page.display === DISPLAY ? SCRIPT : page.display,
        size: 3.6,
        weight: 600,
        colour: 'accent',
        ...CENTRED,
      }),
      title(words, page, { size: wide ? 8 : 10, lineHeight: 1.14, ...CENTRED }),
      flourish('accent'),
      ...centredFacts(words, page),
      ...smallPrint(hostsAbove(words), page, { colour: 'muted', ...CENTRED }),
    ];
    return framedPage(words, page, ground, wording, {
      picture: { shape: 'arch' },
      breadth: page.aspect === 'square' ? 0.5 : 0.62,
      share: { tall: 0.38, portrait: 0.38, square: 0.27, wide: 0.3 },
      padding: { tall: [12, 9], portrait: [8, 12], square: [7, 12], wide: [6.5, 9] },
    });
  },
};
