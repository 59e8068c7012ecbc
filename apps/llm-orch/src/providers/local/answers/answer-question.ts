import type { UseCase } from '../../use-cases.js';
import type { Answer, Question } from './answer.js';
import { GENERIC_EVENT } from '../data/event-types.js';
import { chatAnswer, notUnderstoodAnswer } from './chat.js';
import { classificationAnswer } from './classify.js';
import { descriptionAnswer, marketingAnswer } from './copy.js';
import { emailAnswer } from './email.js';
import { extractionAnswer } from './extract.js';
import { moderationAnswer } from './moderate.js';
import { planAnswer } from './plan-answer.js';
import { summaryAnswer } from './summarize.js';
import { translationAnswer } from './translate.js';

const ANSWERS: Readonly<Record<UseCase, (question: Question) => Answer>> = {
  'event-creation': planAnswer,
  'event-description': descriptionAnswer,
  'marketing-copy': marketingAnswer,
  email: emailAnswer,
  summarize: summaryAnswer,
  translation: translationAnswer,
  moderation: moderationAnswer,
  classification: classificationAnswer,
  extraction: extractionAnswer,
  chat: chatAnswer,
  planning: planAnswer,
};

/** Use cases that say what to do only roughly: there the order in the prompt decides. */
const OPEN: ReadonlySet<UseCase> = new Set(['event-creation', 'chat', 'planning']);

/** First match wins; each is the order at the start of a prompt, not a word somewhere in it. */
const ORDERS: readonly (readonly [RegExp, UseCase])[] = [
  [
    /\b(?:translate|translation (?:of|into)|say .{2,60} in (?:spanish|french|german|italian|portuguese|hindi))\b/i,
    'translation',
  ],
  [/\b(?:summari[sz]e|summary of|tl;?dr|shorten this|key points of|recap)\b/i, 'summarize'],
  [/\b(?:classify|categori[sz]e|label (?:this|the)|sentiment of|which category)\b/i, 'classification'],
  [
    /\b(?:moderate|is this (?:text |content |message )?(?:appropriate|safe|allowed|offensive)|check .{0,30}(?:for (?:offensive|inappropriate|hate)))\b/i,
    'moderation',
  ],
  [/\b(?:extract|parse|pull out|fill in the fields)\b/i, 'extraction'],
  [
    /\b(?:write|draft|compose|generate|create|send|prepare)\b.{0,60}\b(?:e-?mail|mail|letter|reminder|thank[- ]you note|invitation|save[- ]the[- ]date)\b/i,
    'email',
  ],
  [
    /\b(?:write|draft|generate|create|suggest|give me|need)\b.{0,60}\b(?:marketing|promo(?:tional)?|social media|instagram|linkedin|facebook|tweet|slogan|tagline|ad(?:vert)?s?|copy|headline|hashtags?|post|flyer text|newsletter)\b/i,
    'marketing-copy',
  ],
  [/\b(?:describe|description|blurb|about text|announcement|teaser)\b/i, 'event-description'],
  [/^\s*(?:how|when|why|which|who)\b(?! about)/i, 'chat'],
  [/^\s*(?:how|what|when|why|where|which|who|is|are|do|does|can|could|should|will)\b.*\?/is, 'chat'],
];
const PLANS =
  /\b(?:plan|organi[sz]e|design|arrange|host|throw|set up|prepare|budget for|help me with|ideas? for|agenda|schedule|itinerary|timeline|run of show|checklist)\b/i;

/** "What if the budget is only $12,000?": a figure of the plan changes; what happens on the day is another matter. */
const CHANGE =
  /^\s*(?:(?:and|but|so|ok(?:ay)?|now|then),?\s+)*(?:what (?:if|about|happens if)|how about|suppose|assume)\b(?!.{0,80}\b(?:cancel|late|leave|show up|come|rain|ill|sick)).{0,80}\d/i;

/** What the prompt asks for, when the use case does not say. */
export function inferUseCase(prompt: string, eventNamed: boolean): UseCase {
  const opening = prompt.slice(0, 240);
  if (eventNamed && CHANGE.test(opening)) return 'planning';
  const ordered = ORDERS.find(([pattern]) => pattern.test(opening))?.[1];
  if (ordered === 'chat')
    return eventNamed && /^\s*(?:can|could|will) you\b/i.test(opening) && PLANS.test(opening)
      ? 'planning'
      : 'chat';
  if (ordered !== undefined) return ordered;
  return eventNamed || PLANS.test(opening) ? 'planning' : 'chat';
}

export function answerQuestion(question: Question): Answer {
  return nothingToPlan(question) ? notUnderstoodAnswer(question) : ANSWERS[question.useCase](question);
}

/** A plan of nothing would pretend: no event, no fact and no order to plan was found. */
function nothingToPlan({ useCase, brief, prompt }: Question): boolean {
  const { typeStated, type, guests, budget, date, place, features } = brief;
  return (
    ANSWERS[useCase] === planAnswer &&
    !typeStated &&
    type.words.source === GENERIC_EVENT.words.source &&
    ![guests, budget, date, place.name].some((fact) => fact !== undefined) &&
    features.length === 0 &&
    !PLANS.test(prompt)
  );
}

/** The use case that is carried out: the stated one, made precise by the prompt where it is open. */
export function effectiveUseCase(stated: UseCase | undefined, prompt: string, eventNamed: boolean): UseCase {
  const inferred = inferUseCase(prompt, eventNamed);
  if (stated === undefined) return inferred;
  if (!OPEN.has(stated)) return stated;
  return inferred === 'chat' && stated !== 'chat' && eventNamed
    ? 'planning'
    : inferred === 'chat' && stated !== 'chat'
      ? stated
      : inferred;
}
