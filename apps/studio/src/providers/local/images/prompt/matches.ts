import { DENIED_ICONS, ART_WORDS } from './art-words.js';
import { type EventKind, EVENT_WORDS } from './events.js';
import { type Place, PLACES, SETTING_WORDS, type SettingWord } from './places.js';
import type { Season, TimeOfDay, Weather } from './brief.js';
import {
  MOOD_WORDS,
  PLURAL_ONLY,
  SEASON_WORDS,
  SILENT_WORDS,
  TIME_WORDS,
  WEATHER_WORDS,
} from './word-lists.js';
import { COLOUR_WORDS, type Hex } from '../colour.js';
import { iconNames } from '../art/icons.js';
import { countOf, type Token } from './tokens.js';

/** All that a phrase of the prompt can mean; several at once are possible ("christmas" is an event and a season). */
export interface Match {
  readonly phrase: string;
  readonly tokens: readonly Token[];
  readonly plural: boolean;
  readonly negated: boolean;
  readonly art?: string;
  readonly event?: EventKind;
  readonly setting?: SettingWord;
  readonly place?: Place;
  readonly time?: TimeOfDay;
  readonly season?: Season;
  readonly weather?: Weather;
  readonly mood?: 'vivid' | 'calm' | 'dark' | 'elegant' | 'neutral';
  readonly colour?: Hex;
  readonly count?: number;
  readonly silent: boolean;
}

const LONGEST_PHRASE = 4;
let names: Map<string, string> | undefined;

/** Skin-tone variants and denied names are left out; the words of a name are its phrase. */
function iconPhrases(): Map<string, string> {
  names ??= new Map(
    iconNames()
      .filter((name) => !/-(light|dark|medium|facing-right)$/.test(name) && !DENIED_ICONS.test(name))
      .map((name) => [name.replaceAll('-', ' '), `icon:${name}`]),
  );
  return names;
}

const allSilent = (tokens: readonly Token[]): boolean =>
  tokens.every(
    ({ word, singular }) => SILENT_WORDS.has(word) || SILENT_WORDS.has(singular) || /(ly|est)$/.test(word),
  );

const hexOf = (word: string): Hex | undefined =>
  /^#[0-9a-f]{6}$/.test(word) ? `#${word.slice(1)}` : undefined;

function lookUp(tokens: readonly Token[]): Match | undefined {
  const spoken = tokens.map(({ word }) => word).join(' ');
  const phrase = tokens.map(({ singular }) => singular).join(' ');
  const last = tokens.at(-1);
  const plural = last?.word !== last?.singular || /(^| )(people|crowd|team|group|staff)$/.test(phrase);
  const find = <T>(map: ReadonlyMap<string, T>): T | undefined => map.get(phrase) ?? map.get(spoken);
  const vague = PLURAL_ONLY.has(phrase) && !plural;
  const meaning = {
    event: find(EVENT_WORDS),
    setting: vague ? undefined : find(SETTING_WORDS),
    place: find(PLACES),
    time: find(TIME_WORDS),
    season: find(SEASON_WORDS),
    weather: find(WEATHER_WORDS),
    mood: find(MOOD_WORDS),
    colour: tokens.length === 1 ? (COLOUR_WORDS.get(spoken) ?? hexOf(spoken)) : undefined,
    count: tokens.length === 1 ? countOf(spoken) : undefined,
  };
  // A word with a meaning of its own ("wedding") is not the drawing that happens to have its name (a chapel).
  const named = Object.values(meaning).every((value) => value === undefined)
    ? iconPhrases().get(phrase)
    : undefined;
  const match = { ...meaning, art: vague ? undefined : (find(ART_WORDS) ?? named) };
  const silent = Object.values(match).every((value) => value === undefined);
  if (silent && !(tokens.length === 1 && allSilent(tokens))) return undefined;
  const negated = tokens.every((token) => token.negated);
  return { phrase: spoken, tokens, plural, negated, silent, ...match };
}

/** Reads a prompt from left to right, longest phrase first. Words without a meaning come back as `unknown`. */
export function matchPrompt(tokens: readonly Token[]): { matches: Match[]; unknown: string[] } {
  const matches: Match[] = [];
  const unknown: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const clauseEnd = tokens.findIndex((token, index) => index >= at && token.last);
    const longest = Math.min(LONGEST_PHRASE, clauseEnd - at + 1);
    let found: Match | undefined;
    for (let length = longest; length > 0 && found === undefined; length--)
      found = lookUp(tokens.slice(at, at + length));
    const token = tokens[at];
    if (found !== undefined) matches.push(found);
    else if (token !== undefined && !token.negated && token.word.length > 2 && !/^\d/.test(token.word))
      unknown.push(token.word);
    at += found?.tokens.length ?? 1;
  }
  return { matches, unknown };
}
