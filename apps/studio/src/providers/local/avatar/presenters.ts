export type HairStyle = 'waves' | 'crop' | 'bob' | 'side' | 'scarf';
export type Clothes = 'blazer' | 'suit' | 'sweater' | 'shirt' | 'tunic';

/** How a drawn presenter looks. Colours are `#rrggbb`. */
export interface Looks {
  readonly skin: string;
  readonly hair: string;
  readonly style: HairStyle;
  readonly clothes: Clothes;
  readonly cloth: string;
  readonly under: string;
  readonly lips: string;
  readonly iris: string;
  readonly lashes: boolean;
  readonly glasses?: boolean;
  readonly beard?: boolean;
  readonly earrings?: string;
  /** Width of the jaw, 1 is usual. */
  readonly jaw: number;
}

/** Somebody who can be drawn speaking. */
export interface DrawnPresenter {
  readonly id: string;
  readonly name: string;
  /** Of the local voices. */
  readonly voice: string;
  readonly looks: Looks;
}

export const PRESENTERS: readonly DrawnPresenter[] = [
  {
    id: 'maya',
    name: 'Maya',
    voice: 'flite-slt',
    looks: {
      skin: '#c98d62',
      hair: '#2b1a16',
      style: 'waves',
      clothes: 'blazer',
      cloth: '#0f766e',
      under: '#fdf6ec',
      lips: '#a8423f',
      iris: '#4a2c17',
      lashes: true,
      earrings: '#e8b64c',
      jaw: 0.94,
    },
  },
  {
    id: 'daniel',
    name: 'Daniel',
    voice: 'flite-rms',
    looks: {
      skin: '#7d4e31',
      hair: '#17120f',
      style: 'crop',
      clothes: 'suit',
      cloth: '#1f2a50',
      under: '#ffffff',
      lips: '#7a3a34',
      iris: '#2c1a10',
      lashes: false,
      glasses: true,
      beard: true,
      jaw: 1.06,
    },
  },
  {
    id: 'elena',
    name: 'Elena',
    voice: 'flite-slt',
    looks: {
      skin: '#f4cdb0',
      hair: '#a3502a',
      style: 'bob',
      clothes: 'sweater',
      cloth: '#d99a2b',
      under: '#c4861c',
      lips: '#c25352',
      iris: '#3f7a5c',
      lashes: true,
      jaw: 0.95,
    },
  },
  {
    id: 'kenji',
    name: 'Kenji',
    voice: 'flite-awb',
    looks: {
      skin: '#eec39a',
      hair: '#1d1b22',
      style: 'side',
      clothes: 'shirt',
      cloth: '#dbe7f3',
      under: '#3b4a6b',
      lips: '#b3605a',
      iris: '#33211a',
      lashes: false,
      jaw: 1,
    },
  },
  {
    id: 'amina',
    name: 'Amina',
    voice: 'flite-slt',
    looks: {
      skin: '#b67a52',
      hair: '#8a3b62',
      style: 'scarf',
      clothes: 'tunic',
      cloth: '#2f3d63',
      under: '#8a3b62',
      lips: '#9a3f44',
      iris: '#3a2314',
      lashes: true,
      jaw: 0.94,
    },
  },
];
