import { readEventType } from '../read/event-type.js';
import type { Answer, Question } from './answer.js';
import { givenText, section } from './answer.js';
import { answered } from './answered.js';
import { contentWords } from './summarize.js';

const LABELS_AHEAD = /\b(?:into|as|labels?|categories|classes|one of|options)\b/giu;
/**
 * A list of labels up to 40 characters after its announcement. A label never runs over a separator, so that every
 * text is read in one way only, and the list has an end: that keeps the search short whatever is sent.
 */
const LABELS =
  /[^:\n]{0,40}?:?\s{0,20}(?<labels>[\p{L}\d](?:(?!\s{0,9}[,/|]|\s{1,9}or\s)[\p{L}\d -]){1,30}(?:(?:\s{0,9}[,/|]\s{0,9}|\s{1,9}or\s{1,9})[\p{L}\d](?:(?!\s{0,9}[,/|]|\s{1,9}or\s)[\p{L}\d -]){0,34}?){1,40}?)\s{0,20}(?=[:.\n]|$)/iuy;
/** Lists stand at the beginning or at the end of a prompt. */
const MOST_AHEAD = 24;
const POSITIVE =
  /\b(?:great|good|excellent|amazing|wonderful|love(?:d|ly)?|fantastic|perfect|enjoy\w*|happy|best|helpful|friendly|delicious|smooth|recommend\w*|thanks?|well[- ]organi[sz]ed|beautiful|fun|impress\w*)\b/gi;
const NEGATIVE =
  /\b(?:bad|poor|terrible|awful|horrible|worst|late|rude|cold food|cold|overcrowded|expensive|boring|disappoint\w*|slow|dirty|never again|hate\w*|broken|cancel\w*|refund\w*|(?:nobody|no one) (?:answer|repl|help|came|car)\w*|charged twice|overcharged|complain\w*|unacceptable|chaos|chaotic|problem\w*|failed|queue\w*)\b/gi;
const FLIPPED = /\b(?:not|never|hardly|wasn[’']t|isn[’']t|no)\s+(?:very |really |so |at all )?$/i;

/** What common labels look like in texts, beside the words of the label itself. */
const HINTS: readonly (readonly [RegExp, RegExp])[] = [
  [/complain|negative|issue|problem/i, NEGATIVE],
  [/praise|positive|compliment/i, POSITIVE],
  [/question|enquiry|inquiry/i, /\?|\b(?:how|when|where|what|which|can you|could you|is there|do you)\b/gi],
  [
    /refund|billing|payment|invoice/i,
    /\b(?:refund|invoice|pay|paid|charge\w*|card|billing|receipt|price|money)\b/gi,
  ],
  [/book|reserv/i, /\b(?:book\w*|reserv\w*|available|availability|seats?|tickets?|places?)\b/gi],
  [/cancel/i, /\bcancel\w*\b/gi],
  [/cater|food/i, /\b(?:food|menu|cater\w*|vegan|vegetarian|dinner|lunch|drinks?|meal|allerg\w*)\b/gi],
  [/venue|location/i, /\b(?:venue|room|hall|location|parking|access|space|directions)\b/gi],
  [/technical|tech|av/i, /\b(?:sound|microphone|screen|wifi|wi-fi|app|login|error|stream|projector)\b/gi],
  [/urgent|high/i, /\b(?:urgent\w*|asap|immediately|now|today|emergency|at once)\b|!{2,}/gi],
  [
    /corporate|business/i,
    /\b(?:company|corporate|employees|clients?|team|conference|workshop|offsite|launch|staff)\b/gi,
  ],
  [
    /private|social|personal/i,
    /\b(?:birthday|wedding|anniversary|family|friends|party|shower|my (?:mother|father|son|daughter|wife|husband))\b/gi,
  ],
];

/** A label of the caller's list, or sentiment and kind of event when there is no list. */
export function classificationAnswer(question: Question): Answer {
  const list = labelsIn(question.prompt);
  const labels =
    list === undefined
      ? []
      : list
          .split(/\s*(?:,|\/|\||\bor\b|\band\b)\s*/i)
          .map((label) => label.trim())
          .filter((label) => label !== '');
  const text = givenText(question.prompt) ?? question.prompt;
  return labels.length > 1 ? amongLabels(question, labels, text) : bySentiment(question, text);
}

function labelsIn(prompt: string): string | undefined {
  const ahead = [...prompt.matchAll(LABELS_AHEAD)].map(({ 0: said, index }) => index + said.length);
  const looked =
    ahead.length <= 2 * MOST_AHEAD ? ahead : [...ahead.slice(0, MOST_AHEAD), ...ahead.slice(-MOST_AHEAD)];
  for (const end of looked) {
    LABELS.lastIndex = end;
    const list = LABELS.exec(prompt)?.groups?.['labels'];
    if (list !== undefined) return list;
  }
  return undefined;
}

function amongLabels(question: Question, labels: readonly string[], text: string): Answer {
  const scores = labels
    .map((label) => ({ label, score: scoreOf(label, text) }))
    .sort((a, b) => b.score - a.score);
  const total = scores.reduce((sum, { score }) => sum + score, 0);
  const best = scores[0];
  const label = best && best.score > 0 && best.score > (scores[1]?.score ?? 0) ? best.label : undefined;
  const confidence = label === undefined || !best ? 0 : Math.round((best.score / (total + 1)) * 100) / 100;
  const said =
    label === undefined
      ? `No label fits by the rules (asked for: ${labels.join(', ')}).`
      : `**Label:** ${label} (confidence ${confidence})`;
  return answered(question, [section('label', said)], { label: label ?? null, confidence, labels }, [LIMIT]);
}

const LIMIT = 'labels are chosen by words, not by meaning';

function scoreOf(label: string, text: string): number {
  if (/^neutral$/i.test(label)) return sentiment(text) === 'neutral' ? 1 : 0;
  const words = new Set(contentWords(label));
  const own = contentWords(text).filter((word) => words.has(word)).length * 2;
  const hints = HINTS.filter(([name]) => name.test(label)).reduce(
    (sum, [, pattern]) => sum + unflipped(text, pattern),
    0,
  );
  return own + hints;
}

function unflipped(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].filter(
    ({ index }) => !FLIPPED.test(text.slice(Math.max(0, index - 20), index)),
  ).length;
}

function sentiment(text: string): 'positive' | 'negative' | 'mixed' | 'neutral' {
  const flipped = [...text.matchAll(POSITIVE)].length - unflipped(text, POSITIVE);
  const notBad = [...text.matchAll(NEGATIVE)].length - unflipped(text, NEGATIVE);
  const score = unflipped(text, POSITIVE) + notBad - unflipped(text, NEGATIVE) - flipped;
  if (score === 0 && unflipped(text, POSITIVE) > 0) return 'mixed';
  return score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral';
}

/** Share of the words with a feeling that speak for the verdict, less one half of a word; 0.5 where there are none. */
function sureness(text: string): number {
  const good = unflipped(text, POSITIVE);
  const bad = unflipped(text, NEGATIVE);
  const all = [...text.matchAll(POSITIVE)].length + [...text.matchAll(NEGATIVE)].length;
  return all === 0 ? 0.5 : Math.round((Math.max(good, bad, all - good - bad) / (all + 0.5)) * 100) / 100;
}

function bySentiment(question: Question, text: string): Answer {
  const { type, stated } = readEventType(text, false);
  const eventType = stated ? type.id : null;
  const feeling = sentiment(text);
  const confidence = sureness(text);
  const said = `**Sentiment:** ${feeling} (confidence ${confidence})\n**Event type:** ${stated ? type.label : 'none named'}`;
  return answered(question, [section('label', said)], { sentiment: feeling, confidence, eventType }, [
    LIMIT,
    'no list of labels was found in the prompt: sentiment and kind of event are returned',
  ]);
}
