import { LANGUAGES, MONTHS } from '../data/languages.js';

const ENGLISH =
  /(?<![\p{L}])(?:the|an?|for|with|and|of|in|on|we|plan|guests|people|budget|please|is|to)(?![\p{L}])/giu;
const LEAST_MARKS = 2;

const COMPILED = LANGUAGES.map(({ name, marks, words }) => ({
  name,
  marks,
  words: [...words.map((line) => line.split(' = ')), ...MONTHS.map((line) => line.split('='))].map(
    ([foreign = '', english = '']): readonly [RegExp, string] => [
      new RegExp(`(?<![\\p{L}\\p{M}])(?:${foreign})(?![\\p{L}\\p{M}])`, 'giu'),
      english,
    ],
  ),
}));

/**
 * The text with the event words of another language in English, when that language is plainly spoken; else as it was.
 * Dates lose the "de" between their parts.
 */
export function inEnglish(text: string): { text: string; language?: string } {
  const english = count(text, ENGLISH);
  const [best] = COMPILED.map((language) => ({ language, marks: count(text, language.marks) })).sort(
    (a, b) => b.marks - a.marks,
  );
  if (!best || best.marks < LEAST_MARKS || best.marks <= english) return { text };
  const { name, words } = best.language;
  const read = words
    .reduce((all, [foreign, said]) => all.replace(foreign, said), text)
    .replace(/\b(\d{1,2}\.?) (?:de|di) (?=[A-Z])/g, '$1 ')
    .replace(/\b([A-Z][a-z]+) (?:de|di|del) (?=20\d\d)/g, '$1 ');
  return { text: read, language: name };
}

function count(text: string, marks: RegExp): number {
  return text.match(marks)?.length ?? 0;
}
