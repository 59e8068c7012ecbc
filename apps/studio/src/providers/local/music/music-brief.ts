import { cutText } from '../../cut-text.js';
import { createRandom, hash32 } from '../images/random.js';
import type { Genre } from './genres.js';
import { GENRES } from './genres.js';
import type { Key, ScaleName } from './harmony.js';

/** What is to be composed. */
export interface MusicWish {
  readonly prompt: string;
  readonly genre?: string;
  readonly mood?: string;
  readonly durationSeconds: number;
  readonly seed: number;
}

/** A prompt, understood. */
export interface MusicBrief {
  readonly genre: Genre;
  readonly mood: string;
  readonly tempoBpm: number;
  readonly key: Key;
  /** Seeds everything that follows. */
  readonly seed: number;
  /** What was not understood, for the caller. */
  readonly notes: readonly string[];
}

/** Part of every seed: raise it when the music changes. */
export const MUSIC_VERSION = '1';

interface Mood {
  readonly words: readonly string[];
  readonly tempo: number;
  readonly scale?: ScaleName;
}

const MOODS: Readonly<Record<string, Mood>> = {
  happy: {
    words: ['happy', 'joyful', 'cheerful', 'bright', 'fun', 'playful', 'celebration', 'festive', 'birthday'],
    tempo: 1.05,
    scale: 'major',
  },
  energetic: {
    words: ['energetic', 'upbeat', 'fast', 'driving', 'powerful', 'exciting', 'party'],
    tempo: 1.12,
  },
  calm: {
    words: ['calm', 'relaxed', 'relaxing', 'peaceful', 'soft', 'gentle', 'quiet', 'slow', 'meditation'],
    tempo: 0.88,
  },
  sad: {
    words: ['sad', 'melancholic', 'melancholy', 'nostalgic', 'farewell', 'memorial', 'sombre'],
    tempo: 0.86,
    scale: 'minor',
  },
  dark: {
    words: ['dark', 'tense', 'mysterious', 'suspense', 'scary', 'halloween', 'ominous'],
    tempo: 0.95,
    scale: 'harmonicMinor',
  },
  romantic: {
    words: ['romantic', 'love', 'wedding', 'tender', 'elegant', 'dreamy'],
    tempo: 0.92,
    scale: 'major',
  },
  epic: {
    words: ['epic', 'heroic', 'triumphant', 'grand', 'majestic', 'dramatic', 'inspiring', 'uplifting'],
    tempo: 1,
  },
};

const TEMPO = /\b(\d{2,3})\s*bpm\b/i;

function has(text: string, word: string): boolean {
  const at = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  return at.includes(` ${word} `);
}

function genreIn(text: string): Genre | undefined {
  return (
    GENRES.find(({ name }) => has(text, name)) ??
    GENRES.find(({ words }) => words.some((word) => has(text, word)))
  );
}

function moodIn(text: string): string | undefined {
  return (
    Object.keys(MOODS).find((name) => has(text, name)) ??
    Object.keys(MOODS).find((name) => MOODS[name]?.words.some((word) => has(text, word)) ?? false)
  );
}

/** Reads genre, mood, tempo and key out of a wish. Pure: equal wishes give equal briefs. */
export function briefOf(wish: MusicWish): MusicBrief {
  const { prompt, genre: genreWish, mood: moodWish } = wish;
  const seed = hash32(`${MUSIC_VERSION}|${wish.seed >>> 0}|${prompt}|${genreWish ?? ''}|${moodWish ?? ''}`);
  const random = createRandom(seed).fork('brief');
  const notes: string[] = [];
  const asked = genreWish === undefined ? undefined : genreIn(genreWish);
  if (genreWish !== undefined && asked === undefined)
    notes.push(`genre "${cutText(genreWish, 40)}" is not known`);
  const genre = asked ?? genreIn(prompt) ?? GENRES[0];
  const wished = moodWish === undefined ? undefined : moodIn(moodWish);
  if (moodWish !== undefined && wished === undefined)
    notes.push(`mood "${cutText(moodWish, 40)}" is not known`);
  const mood = wished ?? moodIn(prompt) ?? 'neutral';
  const [slowest, fastest] = genre.tempo;
  const written = Number(TEMPO.exec(prompt)?.[1] ?? Number.NaN);
  const free = Math.round(random.between(slowest, fastest) * (MOODS[mood]?.tempo ?? 1));
  const tempoBpm = written >= 50 && written <= 180 ? written : free;
  const scale = MOODS[mood]?.scale ?? random.pick(genre.scales);
  const key = {
    tonic: 55 + random.whole(0, 11),
    scale: genre.name === 'bollywood' && mood !== 'sad' ? random.pick(genre.scales) : scale,
  };
  return { genre, mood, tempoBpm, key, seed, notes };
}
