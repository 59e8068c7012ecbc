import { COLOUR_WORDS } from '../colour.js';
import { ART_WORDS } from './art-words.js';
import { EVENT_WORDS } from './events.js';
import { CJK_WORDS, DEVANAGARI_WORDS, FOREIGN_WORDS, type Language, LANGUAGES } from './foreign-words.js';
import { SETTING_WORDS } from './places.js';
import { SEASON_WORDS, SILENT_WORDS } from './word-lists.js';

/** Little words that only English has: "in" and "a" are no sign of it. */
const ENGLISH = /^(the|of|with|and|at|for|from|to|by|is|are|under|into|without)$/;
/** Words that English has too, with another meaning or in names: they are no sign of a language. */
const SHARED = new Set(
  'a in on am en no do as un dos das die des den see chat pan pain kind rot fest man la las los le les el de del rue auto wagen boot ball rad cane nave mare sera pre luna sol casa rosa verde grande mer mar gross natal coupe copa set fin globo festa fiesta soiree mercado calle'.split(
    ' ',
  ),
);
/** So many words of a language, and more than of English, make a text one of that language. */
const LEAST_WORDS = 2;
/** In a title of so few words one is enough. */
const SHORT_WORDS = 3;
/** What stands before things, and has no plural. */
const GRAMMAR = new Set(
  'the with without and of in on under for a two three four five six many big small elegant'.split(' '),
);

/** Endings of plurals, and what they stand for in the singular. */
const PLURALS: Readonly<Record<Language, ReadonlyArray<readonly [ending: string, singular: string]>>> = {
  es: [
    ['s', ''],
    ['es', ''],
  ],
  fr: [
    ['s', ''],
    ['x', ''],
  ],
  de: [
    ['e', ''],
    ['er', ''],
    ['en', ''],
    ['n', ''],
    ['s', ''],
    ['em', ''],
    ['es', ''],
  ],
  pt: [
    ['s', ''],
    ['es', ''],
    ['oes', 'ao'],
  ],
  it: [
    ['i', 'o'],
    ['i', 'e'],
    ['e', 'a'],
  ],
};

const plain = (word: string): string =>
  word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');

/** In English, the plural where it was one; undefined for words that are not known. */
function translated(word: string, language: Language): string | undefined {
  const words = FOREIGN_WORDS[language];
  const known = words.get(word);
  if (known !== undefined) return known;
  for (const [ending, singular] of PLURALS[language]) {
    const found = word.endsWith(ending)
      ? words.get(word.slice(0, word.length - ending.length) + singular)
      : undefined;
    if (found !== undefined) return GRAMMAR.has(found) || COLOUR_WORDS.has(found) ? found : plural(found);
  }
  return undefined;
}

function plural(english: string): string {
  if (english === 'child') return 'children';
  if (english === 'person') return 'people';
  if (english.endsWith('s')) return english;
  return /(sh|ch|x)$/.test(english) ? `${english}es` : `${english}s`;
}

const isEnglish = (word: string): boolean =>
  [ART_WORDS, EVENT_WORDS, SETTING_WORDS, SEASON_WORDS, COLOUR_WORDS, SILENT_WORDS].some((words) =>
    words.has(word),
  );

/** The language of most words; undefined: English, or one that is not known. */
function languageOf(words: readonly string[]): Language | undefined {
  const telling = words.filter((word) => !SHARED.has(word) && !isEnglish(word));
  const english = words.filter((word) => ENGLISH.test(word)).length;
  let most = Math.max(words.length > SHORT_WORDS ? LEAST_WORDS - 1 : 0, english);
  let best: Language | undefined;
  for (const language of LANGUAGES) {
    const known = telling.filter((word) => translated(word, language) !== undefined).length;
    if (known > most) [best, most] = [language, known];
  }
  return best;
}

const LATIN_WORD = /[\p{Script=Latin}\p{M}]+/gu;

const AFTER_A_THING = new RegExp(`([a-z]+) (${[...COLOUR_WORDS.keys()].join('|')})(?![a-z])`, 'g');

/** "un coche rojo": colours come after things, in English before them. */
const coloursFirst = (text: string): string =>
  text.replace(AFTER_A_THING, (pair, thing: string, colour: string) =>
    GRAMMAR.has(thing) || COLOUR_WORDS.has(thing) ? pair : `${colour} ${thing}`,
  );

function fromLatin(text: string): string {
  const language = languageOf((text.match(LATIN_WORD) ?? []).map(plain));
  if (language === undefined) return text;
  const english = text.replace(LATIN_WORD, (word) => translated(plain(word), language) ?? word);
  return language === 'de' ? english : coloursFirst(english);
}

const cjk = new RegExp([...CJK_WORDS.keys()].sort((a, b) => b.length - a.length).join('|'), 'gu');

/**
 * The words of a prompt that name events, places and things, put into English where a dictionary of a few hundred has them;
 * Spanish, French, German, Portuguese, Italian, Hindi, Japanese, Chinese. Other words stay as they are.
 */
export function inEnglish(text: string): string {
  const spoken = text
    .normalize('NFC')
    .replace(/[\p{Script=Devanagari}]+/gu, (word) => ` ${DEVANAGARI_WORDS.get(word) ?? word} `)
    .replace(cjk, (word) => ` ${CJK_WORDS.get(word) ?? word} `);
  return fromLatin(spoken);
}
