import type { Hex } from '../colour.js';

export type TimeOfDay = 'dawn' | 'day' | 'sunset' | 'night';
export type Season = 'spring' | 'summer' | 'autumn' | 'winter';
export type Weather = 'clear' | 'cloudy' | 'rain' | 'storm' | 'snow' | 'fog';

export const SETTINGS = [
  'mountain',
  'beach',
  'sea',
  'lake',
  'city',
  'street',
  'forest',
  'desert',
  'countryside',
  'garden',
  'snowfield',
  'camp',
  'stadium',
  'festival',
  'conference',
  'hall',
  'stage',
  'room',
  'office',
  'restaurant',
  'club',
  'expo',
  'space',
  'underwater',
  'abstract',
] as const;

/** Where the picture is. */
export type Setting = (typeof SETTINGS)[number];

/** `air` floats, `back` stands far off (buildings, trees), `ground` stands in the middle, `front` is a small prop, `table` lies on a table. */
export type Layer = 'air' | 'back' | 'ground' | 'front';

/** One kind of thing to draw. */
export interface Subject {
  /** As the prompt calls it, or what it is when it came with an event. */
  readonly label: string;
  /** `icon:<name>` from the vector set, or `draw:<name>` from our own drawings. */
  readonly art: string;
  readonly count: number;
  readonly layer: Layer;
  /** Height relative to a standing person. */
  readonly weight: number;
  readonly colour?: Hex;
  /** False when an event or a place brought it in. */
  readonly asked: boolean;
}

/** A prompt, understood. */
export interface Brief {
  readonly time: TimeOfDay;
  readonly season: Season | undefined;
  readonly weather: Weather;
  readonly setting: Setting;
  /** True when a word of the prompt named the setting or an event that implies it. */
  readonly settingKnown: boolean;
  readonly skyline: boolean;
  readonly event: string | undefined;
  readonly poster: boolean;
  readonly mood: 'vivid' | 'calm' | 'dark' | 'elegant' | 'neutral';
  /** Colours asked for the picture as a whole. */
  readonly colours: readonly Hex[];
  readonly subjects: readonly Subject[];
  /** Extras of the scene itself: fireworks, bunting, string lights, rainbow, crowd... */
  readonly decor: ReadonlySet<string>;
  /** Text to be set, only ever from quotation marks in the prompt. */
  readonly title: string | undefined;
  /** Words that should be in the picture and are not. */
  readonly undrawn: readonly string[];
  /** Remarks for the caller, e.g. about numbers cut short. */
  readonly notes: readonly string[];
}
