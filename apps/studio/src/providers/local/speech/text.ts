import { cutText } from '../../cut-text.js';
/** Pieces that are spoken at once: long enough for a melody, short enough to keep memory small. */
const PIECE_CHARACTERS = 600;
const SPOKEN = /[\p{L}\p{N}]/u;
const SYMBOLS: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″«»]/g, ' '],
  [/[–—−]/g, ', '],
  [/…/g, '. '],
  [/€\s*(\d[\d.,]*\d|\d)/g, '$1 euros'],
  [/£\s*(\d[\d.,]*\d|\d)/g, '$1 pounds'],
  [/₹\s*(\d[\d.,]*\d|\d)/g, '$1 rupees'],
  [/&/g, ' and '],
  // Brackets would switch espeak to phoneme input, angles could look like markup; nobody speaks them anyway.
  [/[[\]<>{}|\\^~`*_#]/g, ' '],
];

/** The text with only what a voice can say. */
export function speakable(text: string): string {
  let spoken = text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Extended_Pictographic}]/gu, ' ');
  for (const [pattern, words] of SYMBOLS) spoken = spoken.replace(pattern, words);
  return spoken.replace(/\s+/g, ' ').trim();
}

/** For engines that know English letters only: accents are taken off, other scripts left out. */
export function asciiOnly(text: string): string {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return folded
    .replace(/[^\x20-\x7E]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** The words as they stand, each with something to say in it. */
export function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => SPOKEN.test(word));
}

/** Sentences, and those too long for one piece cut where a word ends. */
export function sentencesOf(text: string, language: string): string[] {
  const segments = new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text);
  return [...segments]
    .flatMap(({ segment }) => cut(segment.trim()))
    .filter((sentence) => SPOKEN.test(sentence));
}

/** Whole sentences, as many as one piece of `most` characters takes. */
export function piecesOf(text: string, language: string, most = PIECE_CHARACTERS): string[] {
  const pieces: string[] = [];
  for (const sentence of sentencesOf(text, language)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length < most)
      pieces[pieces.length - 1] = `${last} ${sentence}`;
    else pieces.push(sentence);
  }
  return pieces;
}

function cut(sentence: string): string[] {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > PIECE_CHARACTERS) {
    const space = rest.lastIndexOf(' ', PIECE_CHARACTERS);
    const end = space > 0 ? space : cutText(rest, PIECE_CHARACTERS).length;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return [...parts, rest];
}
