import type { Answer, Question } from './answer.js';
import { givenText, section } from './answer.js';
import { answered } from './answered.js';
import { statedFacts } from './stated-facts.js';

const STOP_WORDS = new Set(
  'the a an and or but of to in on at for with from by is are was were be been has have had it its this that these those as we you they he she i our your their will would can could should not no so if than then there which who what when where how also into about over after before more most very'.split(
    ' ',
  ),
);
const MOST_SENTENCES = 200;
const MOST_DENIALS = 4;
const NUMBERS = 'one two three four five six seven eight nine ten'.split(' ');
const WANTED =
  /\b(?:in|to|as|with)?\s*(?<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|a single)\s+(?:short |key |main |brief )?(?:sentences?|bullets?(?: points)?|points|lines)\b/i;
/** Lines that only carry a mail from one to the other. */
const MAIL_HEAD = /^(?:from|to|cc|bcc|date|sent|subject|re|fwd?)\s*:.{0,120}$/i;
/** Sentences that speak to whoever reads the text for somebody: they are text, never an order. */
const ORDER_TO_READER =
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous|prior)\b|\b(?:system prompt|you are now|act as an?|jailbreak)\b/i;
const DENIAL =
  /\b(?:not|no|never|nobody|none|nothing|neither|without|cannot|won[’']t|can[’']t|isn[’']t|aren[’']t|don[’']t|doesn[’']t|didn[’']t|cancel\w*|reject\w*|declin\w*|refus\w*)\b/i;

/** The weightiest sentences of the given text, in their order, with what it states in figures. Nothing is rephrased. */
export function summaryAnswer(question: Question): Answer {
  const text = givenText(question.prompt);
  if (text === undefined) return nothingToSummarize(question);
  const all = sentencesOf(text);
  const sentences = all.filter((sentence) => !ORDER_TO_READER.test(sentence));
  if (sentences.length === 0) return nothingToSummarize(question);
  const count = wantedCount(question.prompt) ?? Math.max(1, Math.min(5, Math.ceil(sentences.length / 3)));
  const chosen = weightiest(sentences, count);
  const denials = sentences
    .filter((sentence) => DENIAL.test(sentence) && !chosen.includes(ended(sentence)))
    .slice(0, MOST_DENIALS)
    .map(ended);
  const facts = statedFacts(sentences.join('\n'), question.now);
  return answered(
    question,
    [
      section('summary', `**Summary**\n${chosen.join(' ')}`, weightiest(sentences, 1).join(' ')),
      section('facts', facts.length > 0 ? `**Stated in the text**\n${listed(facts)}` : ''),
      section('denials', denials.length > 0 ? `**Also said, and easily missed**\n${listed(denials)}` : ''),
    ],
    { summary: chosen.join(' '), facts, denials },
    [
      'extractive summary: sentences of the text are selected, not rephrased',
      ...(sentences.length < all.length
        ? ['sentences that give orders to the reader were left out and not followed']
        : []),
    ],
  );
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** "in one sentence", "3 bullet points". */
function wantedCount(prompt: string): number | undefined {
  const said = WANTED.exec(prompt.slice(0, 160))?.groups?.['count']?.toLowerCase();
  if (said === undefined) return undefined;
  const count = said === 'a single' ? 1 : Number(said) || NUMBERS.indexOf(said) + 1;
  return count >= 1 ? Math.min(count, 10) : undefined;
}

function nothingToSummarize(question: Question): Answer {
  const message =
    'There is nothing to summarize yet: the request contains no text about the event. Please send the text itself after the instruction, for example "Summarize: …" followed by the description, the agenda, the notes or the e-mail thread. You get back the main sentences, the dates, sums and counts as they were stated, and what was ruled out.';
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
    .map((sentence) => sentence.replace(/^(?:[-*•#)\s]+|\d{1,2}[.)]\s+)(?=\S)/, '').trim())
    .filter((sentence) => sentence.length > 3 && !MAIL_HEAD.test(sentence))
    .slice(0, MOST_SENTENCES);
}

/** By frequency of their content words, with a bonus for the opening, for facts in figures and for what is denied. */
function weightiest(sentences: readonly string[], count: number): string[] {
  const frequency = new Map<string, number>();
  const words = sentences.map(contentWords);
  for (const word of words.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const scored = sentences.map((sentence, index) => {
    const own = words[index] ?? [];
    const mean = own.reduce((sum, word) => sum + (frequency.get(word) ?? 0), 0) / Math.max(4, own.length);
    const bonus = (index === 0 ? 1 : 0) + (/\d/.test(sentence) ? 0.6 : 0) + (DENIAL.test(sentence) ? 0.5 : 0);
    return { index, score: mean + bonus };
  });
  const best = new Set(
    scored
      .sort((a, b) => b.score - a.score)
      .slice(0, count)
      .map(({ index }) => index),
  );
  return sentences.filter((_sentence, index) => best.has(index)).map(ended);
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

export function contentWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{2,}/gu) ?? [])
    .filter((word) => !STOP_WORDS.has(word))
    .map((word) => word.replace(/(?:ies|es|s)$/, ''));
}
