import type { ScaleName } from './harmony.js';
import type { PatchName } from './patches.js';

/** Drum steps of one bar: `x` full, `o` soft, `.` none; 16 steps in four beats, 12 in three. */
export interface Groove {
  readonly kick: string;
  readonly snare: string;
  readonly hat: string;
  readonly extra?: { readonly drum: 'shaker' | 'clap' | 'tom' | 'openHat'; readonly steps: string };
}

/** What a kind of music is made of. */
export interface Genre {
  readonly name: string;
  /** Words of prompts that mean it; the name is always one. */
  readonly words: readonly string[];
  readonly tempo: readonly [slowest: number, fastest: number];
  readonly beatsPerBar: 3 | 4;
  readonly scales: readonly [ScaleName, ...ScaleName[]];
  /** Chord roots as scale degrees from 0, one a bar. */
  readonly progressions: readonly [readonly number[], readonly number[], ...(readonly number[])[]];
  readonly sevenths: boolean;
  readonly patches: Readonly<Record<'lead' | 'keys' | 'pad' | 'arp' | 'bass', PatchName>>;
  readonly bass: 'roots' | 'eighths' | 'walking' | 'offbeat' | 'tumbao' | 'drone' | 'waltz';
  readonly keys: 'block' | 'offbeat' | 'arpeggio' | 'strum' | 'swing' | 'montuno' | 'waltz' | 'none';
  /** Notes of the melody a bar, about. */
  readonly density: number;
  /** How late the second eighth of a beat comes, 0 straight to 0.33 triplets. */
  readonly swing: number;
  readonly grooves: readonly [Groove, ...Groove[]] | readonly [];
  readonly arp: boolean;
  readonly reverb: number;
  /** How far the pads duck under the kick, 0-1. */
  readonly sidechain: number;
}

const FOUR_FLOOR: Groove = { kick: 'x...x...x...x...', snare: '....x.......x...', hat: '..x...x...x...x.' };
const BACKBEAT: Groove = { kick: 'x.....x.x.......', snare: '....x.......x...', hat: 'x.o.x.o.x.o.x.o.' };

export const GENRES: readonly [Genre, ...Genre[]] = [
  {
    name: 'corporate',
    words: [
      'business',
      'presentation',
      'promo',
      'startup',
      'motivational',
      'uplifting',
      'inspiring',
      'conference',
      'tech',
    ],
    tempo: [104, 122],
    beatsPerBar: 4,
    scales: ['major'],
    sevenths: false,
    progressions: [
      [0, 4, 5, 3],
      [3, 0, 4, 5],
      [0, 5, 3, 4],
    ],
    patches: { lead: 'piano', keys: 'guitar', pad: 'strings', arp: 'pluck', bass: 'bass' },
    bass: 'eighths',
    keys: 'strum',
    density: 4,
    swing: 0,
    arp: true,
    reverb: 0.22,
    sidechain: 0.15,
    grooves: [
      {
        kick: 'x...x...x...x...',
        snare: '....o.......o...',
        hat: 'o.o.o.o.o.o.o.o.',
        extra: { drum: 'clap', steps: '....x.......x...' },
      },
      BACKBEAT,
    ],
  },
  {
    name: 'ambient',
    words: ['meditation', 'spa', 'drone', 'atmospheric', 'sleep', 'yoga', 'soundscape', 'background'],
    tempo: [60, 74],
    beatsPerBar: 4,
    scales: ['lydian', 'major', 'dorian'],
    sevenths: true,
    progressions: [
      [0, 0, 3, 3],
      [5, 5, 3, 4],
      [0, 4, 3, 0],
    ],
    patches: { lead: 'bell', keys: 'epiano', pad: 'warmPad', arp: 'pluck', bass: 'sub' },
    bass: 'drone',
    keys: 'arpeggio',
    density: 2,
    swing: 0,
    arp: false,
    reverb: 0.5,
    sidechain: 0,
    grooves: [],
  },
  {
    name: 'pop',
    words: ['dance pop', 'catchy', 'radio', 'summer', 'party', 'birthday', 'kids'],
    tempo: [100, 124],
    beatsPerBar: 4,
    scales: ['major'],
    sevenths: false,
    progressions: [
      [0, 4, 5, 3],
      [5, 3, 0, 4],
      [3, 4, 2, 5],
    ],
    patches: { lead: 'synthLead', keys: 'epiano', pad: 'strings', arp: 'pluck', bass: 'bass' },
    bass: 'eighths',
    keys: 'offbeat',
    density: 5,
    swing: 0,
    arp: true,
    reverb: 0.18,
    sidechain: 0.25,
    grooves: [BACKBEAT, FOUR_FLOOR],
  },
  {
    name: 'house',
    words: ['edm', 'electronic', 'club', 'techno', 'dj', 'trance', 'rave', 'dance'],
    tempo: [120, 128],
    beatsPerBar: 4,
    scales: ['minor', 'dorian'],
    sevenths: true,
    progressions: [
      [0, 5, 2, 6],
      [0, 3, 5, 4],
      [5, 6, 0, 0],
    ],
    patches: { lead: 'synthLead', keys: 'organ', pad: 'warmPad', arp: 'pluck', bass: 'acid' },
    bass: 'offbeat',
    keys: 'offbeat',
    density: 5,
    swing: 0,
    arp: true,
    reverb: 0.2,
    sidechain: 0.65,
    grooves: [
      { ...FOUR_FLOOR, extra: { drum: 'clap', steps: '....x.......x...' } },
      { ...FOUR_FLOOR, extra: { drum: 'openHat', steps: '..x...x...x...x.' } },
    ],
  },
  {
    name: 'jazz',
    words: ['swing', 'lounge', 'cocktail', 'bebop', 'smooth', 'dinner', 'gala'],
    tempo: [96, 140],
    beatsPerBar: 4,
    scales: ['major', 'dorian'],
    sevenths: true,
    progressions: [
      [1, 4, 0, 5],
      [2, 5, 1, 4],
      [3, 6, 2, 5],
    ],
    patches: { lead: 'sax', keys: 'piano', pad: 'warmPad', arp: 'vibes', bass: 'upright' },
    bass: 'walking',
    keys: 'swing',
    density: 6,
    swing: 0.3,
    arp: false,
    reverb: 0.2,
    sidechain: 0,
    grooves: [{ kick: 'o.......o.......', snare: '......o.......o.', hat: 'x...x.o.x...x.o.' }],
  },
  {
    name: 'classical',
    words: [
      'orchestra',
      'orchestral',
      'waltz',
      'chamber',
      'baroque',
      'ballroom',
      'elegant',
      'string quartet',
      'wedding',
    ],
    tempo: [84, 116],
    beatsPerBar: 3,
    scales: ['major', 'harmonicMinor'],
    sevenths: false,
    progressions: [
      [0, 4, 0, 3, 1, 4, 4, 0],
      [5, 1, 4, 0, 3, 0, 4, 0],
      [0, 3, 4, 0],
    ],
    patches: { lead: 'violin', keys: 'piano', pad: 'strings', arp: 'harp', bass: 'cello' },
    bass: 'waltz',
    keys: 'waltz',
    density: 4,
    swing: 0,
    arp: true,
    reverb: 0.36,
    sidechain: 0,
    grooves: [],
  },
  {
    name: 'folk',
    words: ['acoustic', 'country', 'indie', 'campfire', 'bluegrass', 'celtic', 'rustic'],
    tempo: [88, 112],
    beatsPerBar: 4,
    scales: ['major', 'mixolydian'],
    sevenths: false,
    progressions: [
      [0, 3, 0, 4],
      [5, 3, 0, 4],
      [0, 4, 3, 0],
    ],
    patches: { lead: 'flute', keys: 'guitar', pad: 'strings', arp: 'guitar', bass: 'upright' },
    bass: 'roots',
    keys: 'strum',
    density: 5,
    swing: 0.08,
    arp: false,
    reverb: 0.2,
    sidechain: 0,
    grooves: [
      {
        kick: 'x.......x.......',
        snare: '....o.......o...',
        hat: '................',
        extra: { drum: 'shaker', steps: 'x.o.x.o.x.o.x.o.' },
      },
    ],
  },
  {
    name: 'cinematic',
    words: ['epic', 'trailer', 'film', 'dramatic', 'heroic', 'movie', 'score', 'opening', 'adventure'],
    tempo: [72, 96],
    beatsPerBar: 4,
    scales: ['minor', 'harmonicMinor', 'dorian'],
    sevenths: false,
    progressions: [
      [0, 5, 2, 6],
      [0, 3, 5, 4],
      [5, 6, 0, 0],
    ],
    patches: { lead: 'brass', keys: 'piano', pad: 'strings', arp: 'spiccato', bass: 'cello' },
    bass: 'roots',
    keys: 'block',
    density: 3,
    swing: 0,
    arp: true,
    reverb: 0.42,
    sidechain: 0,
    grooves: [
      {
        kick: 'x.....x...x.....',
        snare: '................',
        hat: '................',
        extra: { drum: 'tom', steps: 'x.....x.x...x.o.' },
      },
    ],
  },
  {
    name: 'bollywood',
    words: ['indian', 'hindi', 'bhangra', 'sangeet', 'mehndi', 'diwali', 'punjabi', 'raga', 'sitar', 'garba'],
    tempo: [96, 118],
    beatsPerBar: 4,
    scales: ['bhairav', 'harmonicMinor', 'mixolydian'],
    sevenths: false,
    progressions: [
      [0, 0, 3, 4],
      [5, 3, 4, 0],
      [0, 3, 0, 4],
    ],
    patches: { lead: 'sitar', keys: 'organ', pad: 'strings', arp: 'sitar', bass: 'bass' },
    bass: 'roots',
    keys: 'block',
    density: 6,
    swing: 0.06,
    arp: true,
    reverb: 0.24,
    sidechain: 0,
    grooves: [
      {
        kick: 'x..x..x.x..x..x.',
        snare: '....x..o....x.oo',
        hat: 'o.oo.oo.o.oo.oo.',
        extra: { drum: 'tom', steps: '..x...x...x..ox.' },
      },
    ],
  },
  {
    name: 'latin',
    words: ['salsa', 'bossa', 'samba', 'reggaeton', 'tropical', 'fiesta', 'cuban', 'tango', 'beach'],
    tempo: [92, 112],
    beatsPerBar: 4,
    scales: ['minor', 'harmonicMinor', 'major'],
    sevenths: true,
    progressions: [
      [0, 3, 4, 0],
      [3, 0, 4, 0],
      [5, 3, 4, 0],
    ],
    patches: { lead: 'brass', keys: 'piano', pad: 'warmPad', arp: 'marimba', bass: 'upright' },
    bass: 'tumbao',
    keys: 'montuno',
    density: 5,
    swing: 0,
    arp: false,
    reverb: 0.2,
    sidechain: 0,
    grooves: [
      {
        kick: 'x.....x.x.....x.',
        snare: 'x..x..x...x.x...',
        hat: 'o.o.o.o.o.o.o.o.',
        extra: { drum: 'shaker', steps: 'x.oox.oox.oox.oo' },
      },
    ],
  },
  {
    name: 'lofi',
    words: ['lo-fi', 'chill', 'chillhop', 'study', 'hip hop', 'hip-hop', 'relaxed', 'coffee', 'cafe'],
    tempo: [72, 88],
    beatsPerBar: 4,
    scales: ['dorian', 'major'],
    sevenths: true,
    progressions: [
      [1, 4, 0, 5],
      [3, 2, 1, 0],
      [0, 5, 1, 4],
    ],
    patches: { lead: 'vibes', keys: 'epiano', pad: 'warmPad', arp: 'pluck', bass: 'sub' },
    bass: 'roots',
    keys: 'block',
    density: 4,
    swing: 0.2,
    arp: false,
    reverb: 0.24,
    sidechain: 0.3,
    grooves: [{ kick: 'x......x..x.....', snare: '....x.......x..o', hat: 'x.o.x.o.x.o.x.oo' }],
  },
  {
    name: 'rock',
    words: ['metal', 'punk', 'guitar', 'energetic', 'sports', 'action', 'race'],
    tempo: [116, 144],
    beatsPerBar: 4,
    scales: ['minor', 'mixolydian'],
    sevenths: false,
    progressions: [
      [0, 6, 3, 0],
      [0, 5, 2, 6],
      [5, 6, 0, 0],
    ],
    patches: { lead: 'fuzz', keys: 'fuzz', pad: 'organ', arp: 'guitar', bass: 'bass' },
    bass: 'eighths',
    keys: 'block',
    density: 5,
    swing: 0,
    arp: false,
    reverb: 0.16,
    sidechain: 0,
    grooves: [{ kick: 'x.....x.x.x.....', snare: '....x.......x...', hat: 'x.x.x.x.x.x.x.x.' }],
  },
];
