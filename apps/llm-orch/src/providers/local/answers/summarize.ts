import { planUnderstood } from '../plan/headlines.js';
import type { Answer, Question } from './answer.js';
import { answered, givenText, section } from './answer.js';

const STOP_WORDS = new Set(
  'the a an and or but of to in on at for with from by is are was were be been has have had it its this that these those as we you they he she i our your their will would can could should not no so if than then there which who what when where how also into about over after before more most very'.split(
    ' ',
  ),
);
const MOST_SENTENCES = 200;

/** The weightiest sentences of the given text, in their order, with the facts found in it. Nothing is rephrased. */
export function summaryAnswer(question: Question): Answer {
  const text = givenText(question.prompt);
  if (text === undefined) return nothingToSummarize(question);
  const sentences = sentencesOf(text);
  if (sentences.length === 0) return nothingToSummarize(question);
  const count = Math.max(1, Math.min(5, Math.ceil(sentences.length / 4)));
  const chosen = weightiest(sentences, count);
  const facts = planUnderstood(question.brief).filter(
    (line) => !line.startsWith('Event: an event') && !/^(?:Asked for|Theme)/.test(line),
  );
  const brief = weightiest(sentences, 1);
  return answered(
    question,
    [
      section('summary', `**Summary**\n${chosen.join(' ')}`, brief.join(' ')),
      section(
        'facts',
        facts.length > 1 ? `**Key facts**\n${facts.map((line) => `- ${line}`).join('\n')}` : '',
      ),
    ],
    { summary: chosen.join(' '), facts },
    ['extractive summary: sentences of the text are selected, not rephrased'],
  );
}

function nothingToSummarize(question: Question): Answer {
  const message =
    'There is nothing to summarize yet: the request contains no text about the event. Please send the text itself after the instruction, for example "Summarize: …" followed by the description, the agenda, the notes or the e-mail thread. You get back the main sentences and the key facts (type, date, place, guests, budget).';
  return answered(
    question,
    [
      section(
        'message',
        message,
        'No text was given. Please send the text to summarize after the instruction.',
      ),
    ],
    { summary: null, message },
    ['no text was given to summarize'],
  );
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=["“(]?[\p{Lu}\d])/u)
    .map((sentence) => sentence.replace(/^[-*•\d.)\s#]+(?=\S)/, '').trim())
    .filter((sentence) => sentence.length > 3)
    .slice(0, MOST_SENTENCES);
}

/** By frequency of their content words, with a bonus for the opening and for facts in figures. */
function weightiest(sentences: readonly string[], count: number): string[] {
  const frequency = new Map<string, number>();
  const words = sentences.map(contentWords);
  for (const word of words.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const scored = sentences.map((sentence, index) => {
    const own = words[index] ?? [];
    const mean = own.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0) / Math.max(4, own.length);
    return { index, score: mean + (index === 0 ? 1.5 : 0) + (/\d/.test(sentence) ? 0.6 : 0) };
  });
  const best = new Set(
    scored
      .sort((a, b) => b.score - a.score)
      .slice(0, count)
      .map(({ index }) => index),
  );
  return sentences
    .filter((_sentence, index) => best.has(index))
    .map((sentence) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`));
}

export function contentWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{2,}/gu) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => word.replace(/(?:ies|es|s)$/, ''));
}
