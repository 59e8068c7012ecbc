import { cutText } from '../../cut-text.js';
import { parsePrompt } from '../images/prompt/parse.js';
import type { Brief } from '../images/prompt/brief.js';
import { FESTIVE_ART, HUMAN_ART } from '../images/prompt/subject-traits.js';
import { splitTitle } from '../images/prompt/tokens.js';

/** One shot of a film. Times in frames from its beginning. */
export interface Shot {
  /** What the composer draws, unless a picture of the caller is shown. */
  readonly prompt: string;
  /** Index of the caller's picture. */
  readonly image?: number;
  /** Shots of one scene differ by it. */
  readonly variant: number;
  readonly caption: string;
  readonly from: number;
  readonly frames: number;
}

/** A film before it is drawn. */
export interface Storyboard {
  readonly title: string;
  readonly kicker: string;
  readonly shots: readonly Shot[];
  readonly frames: number;
  /** Frames of the title card at the beginning, and of the closing card at the end. */
  readonly titleFrames: number;
  readonly closingFrames: number;
  /** Frames over which two shots cross. */
  readonly fadeFrames: number;
}

export interface StoryboardRequest {
  readonly prompt: string;
  readonly frames: number;
  readonly fps: number;
  /** How many pictures the caller gave. */
  readonly images: number;
}

const TITLE_LIMIT = 46;
const CAPTION_LIMIT = 84;
const MOST_SCENES = 5;
const SCENE_SECONDS = 2.6;
const LONGEST_SHOT_SECONDS = 5;

const between = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** "Create a 10 second cinematic promo video about …" says nothing about what is to be seen. */
const PREAMBLE =
  /^\s*(?:please\s+)?(?:(?:can|could) you\s+)?(?:(?:create|make|generate|produce|render|film|animate|show|i (?:want|need)|give)\s+(?:(?:me|us)\s+)?)?(?:an?\s+|the\s+)?(?:\d+\s*-?\s*seconds?\s+)?(?:[\w-]+\s+){0,3}?(?:(?:video|film|movie|clip|teaser|trailer|promo|animation|reel|spot)\b\s*)+(?:of|for|about|showing|with|featuring|that shows)?[\s:,-]*/i;

/** What the prompt tells, without talk about the film itself. */
export function subjectOf(prompt: string): string {
  const { rest } = splitTitle(prompt);
  const told = rest
    .replace(/^[\s,;:.-]+/, '')
    .replace(PREAMBLE, '')
    .trim();
  return (told === '' ? rest : told).replace(/\s+/g, ' ').trim();
}

/** At most `limit` characters, cut between words; the ellipsis counts. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = cutText(text, limit - 1);
  return `${cutText(cut, Math.max(cut.lastIndexOf(' '), limit / 2)).replace(/[\s,;:.-]+$/, '')}…`;
}

const SMALL_WORDS = new Set(
  'a an and as at but by for from in into of on or over the to under with'.split(' '),
);

function titleCase(text: string): string {
  return text
    .split(' ')
    .map((word, index) =>
      (index > 0 && SMALL_WORDS.has(word)) || word === ''
        ? word
        : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    )
    .join(' ');
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function titleIn(prompt: string, told: string): string {
  const { title } = splitTitle(prompt);
  if (title !== undefined && title.trim() !== '') return shortened(title.trim(), TITLE_LIMIT * 2);
  const clause = told.split(/[.;:!?\n]|,\s|\s(?:then|while|where|who|which)\s/)[0]?.trim() ?? told;
  return titleCase(shortened(clause.replace(/^(?:an?|the|our|my)\s+/i, ''), TITLE_LIMIT));
}

/** The beats of a prompt: its sentences, or the clauses of a single one. */
export function beatsOf(told: string): string[] {
  const tidy = (parts: readonly string[]): string[] =>
    parts
      .map((part) =>
        part
          .replace(/^[\s,.-]*(?:and then|then|finally|next|after that|first|followed by|and)\s+/i, '')
          .trim(),
      )
      .map((part) => part.replace(/[\s,.;:!?-]+$/, ''))
      .filter((part) => /\p{L}{3}/u.test(part));
  const sentences = tidy(told.split(/(?<=[.!?])\s+|[;\n]+|,?\s+(?:and then|then|followed by|finally)\s+/i));
  if (sentences.length >= 2) return sentences;
  const clauses = tidy(told.split(/,\s+(?:and\s+)?/));
  return clauses.length >= 2 ? clauses : tidy([told]);
}

/** As many beats as there are scenes: neighbours are joined, or the last go on in another picture. */
function scenesFor(beats: readonly string[], count: number): { text: string; first: boolean }[] {
  if (beats.length >= count)
    return Array.from({ length: count }, (_, index) => {
      const part = beats.slice(
        Math.floor((index * beats.length) / count),
        Math.floor(((index + 1) * beats.length) / count),
      );
      return { text: part.join(', '), first: true };
    });
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor((index * beats.length) / count);
    const before = index === 0 ? -1 : Math.floor(((index - 1) * beats.length) / count);
    return { text: beats[at] ?? '', first: at !== before };
  });
}

const eventIn = ({ event }: Brief): string => (event === undefined ? '' : `, ${event}`);

/** What a beat leaves unsaid, place, time and event, it has from the whole prompt. */
function pictured(beat: string, told: string): string {
  const [own, whole] = [parsePrompt(beat), parsePrompt(told)];
  const known = own.settingKnown || own.subjects.some(({ asked }) => asked);
  if (beat === told || (known && own.settingKnown))
    return own.time === 'day' && whole.time !== 'day' ? `${beat}, ${whole.time}` : beat;
  const place = whole.settingKnown ? `, ${whole.setting}` : '';
  const people = own.subjects.some(({ art }) => HUMAN_ART.test(art));
  const dressed = whole.subjects.some(({ art }) => FESTIVE_ART.test(art));
  const occasion = people ? (dressed ? ', elegant' : '') : own.event === undefined ? eventIn(whole) : '';
  return known ? `${beat}${place}, ${whole.time}${occasion}` : told;
}

/** Whether the text is more than its own title. */
const tellsMore = (told: string, title: string): boolean =>
  !title.toLowerCase().includes(told.toLowerCase().replace(/^(?:an?|the|our|my)\s+|[.!?]+$/g, ''));

/** The kind of event, unless the title says it already. */
function kickerFor(beat: string, title: string): string {
  const event = parsePrompt(beat).event?.replaceAll('-', ' ') ?? '';
  return title.toLowerCase().includes(event) ? '' : event;
}

/** Divides `frames` into `count` lengths that differ by one at most. */
const shared = (frames: number, count: number): number[] =>
  Array.from(
    { length: count },
    (_, index) => Math.floor(((index + 1) * frames) / count) - Math.floor((index * frames) / count),
  );

/** Plans a film. Pure; every frame belongs to a shot, the cards lie over the first and the last. */
export function storyboard({ prompt, frames, fps, images }: StoryboardRequest): Storyboard {
  const seconds = frames / fps;
  const told = subjectOf(prompt);
  const titleFrames = Math.round(between(seconds * 0.24, 1, 3.2) * fps);
  const closingFrames = Math.round(between(seconds * 0.15, 0.7, 2.6) * fps);
  const count = images > 0 ? images : between(Math.round((seconds - 1) / SCENE_SECONDS), 2, MOST_SCENES);
  const beats = beatsOf(told);
  const title = titleIn(prompt, told);
  const scenes = scenesFor(beats, count);
  const shots: Shot[] = [];
  let from = 0;
  for (const [scene, length] of shared(frames, count).entries()) {
    const { text = '', first = false } = scenes[scene] ?? {};
    const split = images > 0 ? 1 : Math.ceil(length / (LONGEST_SHOT_SECONDS * fps));
    for (const [part, shotFrames] of shared(length, split).entries()) {
      const said = first && part === 0 && tellsMore(text, title);
      shots.push({
        prompt: pictured(text, told),
        ...(images > 0 ? { image: scene } : {}),
        variant: scene + part * 31,
        caption: said ? shortened(capital(text), CAPTION_LIMIT) : '',
        from,
        frames: shotFrames,
      });
      from += shotFrames;
    }
  }
  const shortest = Math.min(...shots.map((shot) => shot.frames));
  return {
    title,
    kicker: kickerFor(beats[0] ?? told, title),
    shots,
    frames,
    titleFrames,
    closingFrames,
    fadeFrames: Math.max(2, Math.min(Math.round(fps * 0.6), Math.floor(shortest / 3))),
  };
}
