import { darken, fromHsl, type Hex, lighten, mix, tint, toHsl } from './colour.js';
import type { Brief, Season, TimeOfDay } from './prompt/brief.js';
import type { Random } from './random.js';

/** The colours of a scene. */
export interface Palette {
  /** Top, middle and lower sky. */
  readonly sky: readonly [Hex, Hex, Hex];
  readonly sun: Hex;
  /** The far land, seen through air, and the near land. */
  readonly far: Hex;
  readonly near: Hex;
  readonly water: Hex;
  readonly foliage: Hex;
  readonly accents: readonly [Hex, Hex, Hex, Hex];
  /** Walls and floors of rooms. */
  readonly wall: Hex;
  readonly floor: Hex;
  readonly night: boolean;
}

const SKIES: Readonly<Record<TimeOfDay, ReadonlyArray<readonly [Hex, Hex, Hex]>>> = {
  dawn: [
    ['#7fa6d9', '#f4b9b2', '#ffe3b8'],
    ['#8f9fd6', '#f2a9b8', '#ffd9b0'],
    ['#9cc3df', '#fbd0c0', '#fff0cf'],
  ],
  day: [
    ['#3f9be8', '#8ccbf5', '#d8f0fb'],
    ['#2f8de0', '#7cc4f2', '#e4f5fb'],
    ['#4aa8d8', '#9fd8ec', '#f0f8ee'],
  ],
  sunset: [
    ['#4b3b86', '#e2607a', '#ffc46b'],
    ['#5a3f8f', '#f0705a', '#ffd27a'],
    ['#3d4a8c', '#d9627f', '#ffb27d'],
  ],
  night: [
    ['#0d1437', '#23306b', '#45549b'],
    ['#101a3d', '#2a2a66', '#5a4a8f'],
    ['#081a33', '#143a63', '#2f6488'],
  ],
};

const LEAVES: Readonly<Record<Season, Hex>> = {
  spring: '#7cbf5b',
  summer: '#4f9d45',
  autumn: '#d98a34',
  winter: '#dfeaf3',
};

const ACCENTS: Readonly<Record<Brief['mood'], ReadonlyArray<readonly [Hex, Hex, Hex, Hex]>>> = {
  vivid: [
    ['#ff3d7f', '#ffb300', '#00c2d1', '#6c3bff'],
    ['#ff5a36', '#ffd23f', '#12c2a9', '#4432e6'],
    ['#f72585', '#ffca3a', '#4cc9f0', '#5f2ee5'],
  ],
  calm: [
    ['#f2b5a7', '#f7e1b5', '#a8d5ba', '#9db4dd'],
    ['#d8b4e2', '#ffd8be', '#b8e0d2', '#95b8d1'],
  ],
  dark: [
    ['#8a2846', '#c7963e', '#2f6f73', '#4b3f72'],
    ['#a03b3b', '#b8894a', '#3a5f7d', '#5c3d6b'],
  ],
  elegant: [
    ['#b08d57', '#f1e3c8', '#7b2d43', '#2f4858'],
    ['#c9a24b', '#f7efe0', '#3f5f4f', '#6b4c6e'],
  ],
  neutral: [
    ['#f2545b', '#f9c846', '#2ab7ca', '#6a5acd'],
    ['#ef7b45', '#ffd166', '#3ba99c', '#5b6ee1'],
    ['#e85d75', '#f7b32b', '#2d9cdb', '#7b5ed6'],
  ],
};

const LIGHT: Readonly<Record<TimeOfDay, readonly [tone: Hex, share: number]>> = {
  dawn: ['#f3c4b8', 0.22],
  day: ['#ffffff', 0],
  sunset: ['#a8486f', 0.34],
  night: ['#101c48', 0.58],
};

/** Weather takes the colour out of the sky. */
function weathered(hex: Hex, brief: Brief): Hex {
  const grey = brief.time === 'night' ? '#3a4258' : '#b9c2cb';
  const share = { clear: 0, cloudy: 0.35, rain: 0.5, storm: 0.55, snow: 0.28, fog: 0.5 }[brief.weather];
  const dim = brief.weather === 'storm' ? darken(hex, 0.3) : hex;
  return brief.mood === 'dark' ? darken(mix(dim, grey, share), 0.25) : mix(dim, grey, share);
}

function accentsOf(brief: Brief, random: Random): readonly [Hex, Hex, Hex, Hex] {
  const sets = ACCENTS[brief.mood];
  const base = sets[random.whole(0, sets.length - 1)] ?? ['#f2545b', '#f9c846', '#2ab7ca', '#6a5acd'];
  const [
    one,
    two = one === undefined ? undefined : lighten(one, 0.45),
    three = one === undefined ? undefined : darken(one, 0.3),
  ] = brief.colours;
  return [
    one ?? base[0],
    two ?? base[1],
    three ?? base[2],
    brief.colours[3] ?? (one === undefined ? base[3] : mix(one, two ?? base[3], 0.5)),
  ];
}

/** The scene's colours from its time, season, weather, mood and the colours asked for. */
export function paletteOf(brief: Brief, random: Random): Palette {
  const skies = SKIES[brief.time];
  const [top, middle, low] = skies[random.whole(0, skies.length - 1)] ?? ['#3f9be8', '#8ccbf5', '#d8f0fb'];
  const [tone, share] = LIGHT[brief.time];
  const lit = (hex: Hex): Hex => mix(hex, tone, share);
  const accents = accentsOf(brief, random);
  const season = brief.season ?? (random.chance(0.5) ? 'summer' : 'spring');
  const jitter = random.between(-10, 10);
  const shifted = (hex: Hex): Hex => {
    const [hue, saturation, lightness] = toHsl(hex);
    return fromHsl(hue + jitter, saturation, lightness);
  };
  const foliage = lit(shifted(LEAVES[season]));
  const toned = (hex: Hex): Hex =>
    brief.colours[0] === undefined ? hex : mix(hex, tint(hex, brief.colours[0]), 0.75);
  const dim = brief.time === 'night' || brief.mood === 'dark';
  return {
    sky: [weathered(shifted(top), brief), weathered(shifted(middle), brief), weathered(shifted(low), brief)],
    sun: brief.time === 'night' ? '#f6f1d3' : brief.time === 'day' ? '#fff3b0' : '#ffe08a',
    far: lit(season === 'winter' ? '#b4c8dc' : mix(foliage, '#7fa0b8', 0.55)),
    near: foliage,
    water: lit('#3c9ccb'),
    foliage,
    accents,
    wall: toned(
      dim
        ? '#4a4468'
        : brief.mood === 'elegant'
          ? '#e9dcc6'
          : random.pick(['#f7dfc9', '#d9e9ef', '#f4e3e6', '#e3ecd9', '#fdeecb']),
    ),
    floor: toned(dim ? '#3a3148' : '#c9966a'),
    night: brief.time === 'night',
  };
}
