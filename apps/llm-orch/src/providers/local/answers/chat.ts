import { KNOWLEDGE } from '../data/knowledge.js';
import type { Answer, Question } from './answer.js';
import { answered, section } from './answer.js';
import { contentWords } from './summarize.js';

const SOURCE = 'EventZR planning notes';
/** Below this a match is an accident of common words. */
const LEAST_SCORE = 3.2;
const TITLE_WEIGHT = 3;
/** Words of every question about events: they tell nothing apart. */
const COMMON = new Set([
  'event',
  'need',
  'plan',
  'planning',
  'many',
  'much',
  'best',
  'good',
  'way',
  'help',
  'please',
  'tell',
  'me',
  'my',
  'do',
  'does',
  'get',
  'make',
  'should',
  'people',
  'guest',
  'organize',
  'tip',
  'advice',
  'idea',
  'any',
  'give',
  'per',
]);

interface Note {
  readonly title: string;
  readonly text: string;
  readonly titleWords: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

const NOTES: readonly Note[] = KNOWLEDGE.map((line) => {
  const [title = '', text = ''] = line.split('|');
  return { title, text, titleWords: new Set(contentWords(title)), words: new Set(contentWords(text)) };
});

function rarity(word: string): number {
  const having = NOTES.filter(({ titleWords, words }) => titleWords.has(word) || words.has(word)).length;
  return having === 0 ? 0 : Math.log((NOTES.length + 1) / having);
}

/** Notes that speak to the question, best first. */
function search(prompt: string): Note[] {
  const asked = [...new Set(contentWords(prompt))].filter((word) => !COMMON.has(word));
  return NOTES.map((note) => ({
    note,
    hits: asked.filter((word) => note.titleWords.has(word) || note.words.has(word)),
    score: asked.reduce(
      (sum, word) =>
        sum + rarity(word) * (note.titleWords.has(word) ? TITLE_WEIGHT : note.words.has(word) ? 1 : 0),
      0,
    ),
  }))
    .filter(
      ({ score, hits, note }) =>
        score >= LEAST_SCORE && (hits.length > 1 || hits.some((word) => note.titleWords.has(word))),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, 2)
    .filter(({ score }, index, all) => index === 0 || score > (all[0]?.score ?? 0) * 0.6)
    .map(({ note }) => note);
}

/** Answers from the shipped notes with the source named; a plain "not known" when nothing matches. */
export function chatAnswer(question: Question): Answer {
  if (
    /^\s*(?:hi|hello|hey|good (?:morning|evening|afternoon)|namaste|thanks?(?: you)?)\b[^?]{0,20}$/i.test(
      question.prompt,
    )
  )
    return capabilities(question, 'Hello! ');
  const notes = search(question.prompt);
  const [first] = notes;
  if (!first)
    return capabilities(
      question,
      'I found nothing about this in my notes on event planning, and without a language model I do not answer from general knowledge. ',
    );
  const text = (note: Note) => `${note.text}\n\n_Source: ${SOURCE}, “${note.title}”._`;
  return answered(
    question,
    [section('answer', notes.map(text).join('\n\n'), text(first), first.text)],
    {
      answer: notes.map((note) => note.text).join(' '),
      sources: notes.map((note) => `${SOURCE}: ${note.title}`),
    },
    [
      'answered from a small set of planning notes, as rules of thumb; local law and your suppliers come first',
    ],
  );
}

function capabilities(question: Question, lead: string): Answer {
  const can =
    'I can plan an event (tell me the kind, number of guests, place, date, budget and what to avoid), write a description, an invitation or promotional copy, summarize a text you send, extract the facts of an enquiry, and answer common planning questions such as drinks per guest, lead times or staffing.';
  return answered(
    question,
    [
      section(
        'answer',
        `${lead}${can}`,
        `${lead}Tell me the kind of event, guests, place, date and budget, and I plan it.`,
      ),
    ],
    { answer: null, message: `${lead}${can}` },
  );
}
