import * as chrono from 'chrono-node';
import type { Answer, Question } from './answer.js';
import { section } from './answer.js';
import { answered } from './answered.js';
import { LANGUAGES, PHRASES } from './phrases.js';

const MOST_SENTENCES = 40;

/**
 * Set phrases of invitations and signs, sentence by sentence, with dates and times in the other language's way.
 * What is not in the table stays as it is and is named: a word-by-word rendering would mislead the guests.
 */
export function translationAnswer(question: Question): Answer {
  const at = LANGUAGES.findIndex(({ asked }) => asked.test(orderOf(question.prompt)));
  const source = sourceOf(question.prompt);
  const name = LANGUAGES[at]?.name ?? namedLanguage(question.prompt);
  const parts = sentences(source).map((sentence) => ({
    sentence,
    translated: at < 0 ? undefined : translated(sentence, at, question.now),
  }));
  const left = parts.filter((part) => part.translated === undefined).map(({ sentence }) => sentence);
  if (parts.length === 0 || left.length === parts.length) return cannot(question, name);
  const text = parts.map((part) => part.translated ?? `[${part.sentence}]`).join(' ');
  const note =
    left.length === 0
      ? ''
      : `Not translated, left in [brackets]: ${left.length} of ${parts.length} sentences. They need a language model or a translator.`;
  return answered(
    question,
    [section('text', text), section('note', note)],
    {
      translation: left.length === 0 ? text : null,
      partial: left.length === 0 ? null : text,
      language: name,
      untranslated: left,
    },
    [
      'from a short list of set phrases; have it read by a native speaker',
      ...(left.length === 0 ? [] : ['translation of free text needs a language model']),
    ],
  );
}

function cannot(question: Question, name: string | undefined): Answer {
  const message = `I cannot translate this text${name === undefined ? '' : ` into ${name}`}: the local planner works by rules and has no language model, and a word-by-word rendering would mislead your guests. Configure a language model provider for translation, or ask for one of the set phrases it knows (such as "Save the date", "Please reply by 5 May", "Doors open at 18:30") in ${LANGUAGES.map((language) => language.name).join(', ')}.`;
  return answered(
    question,
    [
      section(
        'message',
        message,
        'Free text cannot be translated without a language model. Please configure a provider.',
      ),
    ],
    { translation: null, message },
    ['translation of free text needs a language model'],
  );
}

function orderOf(prompt: string): string {
  return prompt.replace(/["“][^"“”]*["”]/g, ' ').slice(0, 400);
}

function sourceOf(prompt: string): string {
  const quoted = /["“]([^"“”]+)["”]|:\s*(.+)$/s.exec(prompt)?.slice(1);
  return (quoted?.find((part) => part !== undefined) ?? '').trim();
}

function namedLanguage(prompt: string): string | undefined {
  return /\b(?:in)?to ([A-Z]\p{L}+)/u.exec(prompt.replace(/["“'‘][^"“”'‘’]*["”'’]/g, ' '))?.[1];
}

function sentences(source: string): string[] {
  return source
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .slice(0, MOST_SENTENCES);
}

/** With the sentence's own end mark, unless the whole text is a bare phrase. */
function translated(sentence: string, language: number, now: Date): string | undefined {
  const bare = withoutEndMarks(sentence);
  if (bare.length > 120) return undefined;
  for (const { english, translations } of PHRASES) {
    const match = english.exec(bare);
    const phrase = translations[language];
    if (match === null || phrase === undefined) continue;
    const tag = LANGUAGES[language]?.tag ?? 'en';
    const said = withSlots(phrase, match.groups ?? {}, tag, now);
    return said === undefined ? undefined : `${said}${sentence.slice(bare.length)}`;
  }
  return undefined;
}

function withSlots(
  phrase: string,
  { date, time }: Record<string, string | undefined>,
  tag: string,
  now: Date,
): string | undefined {
  const day = date === undefined ? '' : dayIn(date, tag, now);
  const clock = time === undefined ? '' : clockOf(time, now);
  return day === undefined || clock === undefined
    ? undefined
    : phrase.replace('{date}', day).replace('{time}', clock);
}

/** "5 May" -> "5. Mai"; a year only where one was stated. */
function dayIn(date: string, tag: string, now: Date): string | undefined {
  const [parsed] = chrono.en.GB.parse(date, { instant: now, timezone: 'UTC' }, { forwardDate: true });
  if (!parsed?.start.isCertain('day') || parsed.text.trim() !== date.trim()) return undefined;
  return parsed.start.date().toLocaleDateString(tag, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(parsed.start.isCertain('year') ? { year: 'numeric' } : {}),
    ...(parsed.start.isCertain('weekday') ? { weekday: 'long' } : {}),
  });
}

function clockOf(time: string, now: Date): string | undefined {
  const [parsed] = chrono.en.parse(`at ${time}`, { instant: now, timezone: 'UTC' });
  if (!parsed?.start.isCertain('hour')) return undefined;
  const pad = (value: number | null) => String(value ?? 0).padStart(2, '0');
  return `${pad(parsed.start.get('hour'))}:${pad(parsed.start.get('minute'))}`;
}

/** A loop: as a pattern it would start anew at every mark inside the text. */
function withoutEndMarks(text: string): string {
  let end = text.length;
  while (/[.!]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
