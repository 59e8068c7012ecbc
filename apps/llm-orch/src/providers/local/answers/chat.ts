import { FAMILIES } from '../data/families.js';
import { KNOWLEDGE } from '../data/knowledge.js';
import { eventName, formatMoney, withArticle } from '../plan/wording.js';
import type { Answer, Question } from './answer.js';
import { section } from './answer.js';
import { answered } from './answered.js';
import { figuresFor } from './figures.js';
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
  'first',
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

interface Reply {
  readonly asked: RegExp;
  readonly text: string;
}

const CAN =
  'I can plan an event (tell me the kind, number of guests, place, date, budget and what to avoid), write a description, an invitation or promotional copy, summarize a text you send, extract the facts of an enquiry, and answer common planning questions such as drinks per guest, lead times or staffing.';

/** What no note can answer: greetings, questions about the planner itself, and things it cannot do in the world. */
const REPLIES: readonly Reply[] = [
  {
    asked: /^\s*(?:thanks?|thank you|cheers|great|perfect|ok(?:ay)?)\b[^?]{0,30}$/i,
    text: 'You are welcome. Tell me what should change, or what to look at next.',
  },
  {
    asked: /^\s*(?:hi|hello|hey|good (?:morning|evening|afternoon)|namaste)\b[^?]{0,20}$/i,
    text: `Hello! ${CAN}`,
  },
  {
    asked:
      /\b(?:who|what) are you\b|\b(?:what|which) (?:ai |language )?model\b|\bare you (?:an? )?(?:ai|bot|robot|human|person|chatgpt|gpt|llm)\b|\bwhat can you do\b/i,
    text: `I am a rule-based planner for events, not a person and not a language model: I read facts by rules and answer from tables and planning notes. ${CAN}`,
  },
  {
    asked: /\b(?:system prompt|(?:your|previous|prior|above) instructions)\b/i,
    text: `There is nothing to reveal or to override: I work by fixed rules, without a prompt or a language model. ${CAN}`,
  },
  {
    asked:
      /^\s*(?:(?:can|could|will|would) you )?(?:please )?(?:book|reserve|order|buy|purchase|pay|call|phone|hire|send)\b(?! club| store)/i,
    text: 'I cannot book, buy, pay, call or send anything: I only write. I can draft the enquiry for you to send (say "write an email to the hotel asking for a quote"), with the date, the number of guests and what you need.',
  },
];

/** Says that no event was found in the prompt, and what would help. */
export function notUnderstoodAnswer(question: Question): Answer {
  return said(question, `I found no event in this: no kind of event, number, place, date or budget. ${CAN}`);
}

/** Answers from the shipped notes with the source named; a plain "not known" when nothing matches. */
export function chatAnswer(question: Question): Answer {
  const reply = REPLIES.find(({ asked }) => asked.test(question.prompt));
  if (reply) return said(question, reply.text);
  const share = shareOf(question);
  if (share !== undefined) return said(question, share, [FROM_SHARES]);
  const order = orderOf(question);
  if (order !== undefined) return said(question, order);
  const enough = enoughOf(question);
  if (enough !== undefined) return said(question, enough, [FROM_SHARES]);
  if (PRICE.test(question.prompt)) return said(question, priceless(question), [FROM_SHARES]);
  const notes = search(question.prompt);
  const [first] = notes;
  const figures = figuresFor(question.prompt, question.brief);
  if (!first) {
    if (figures !== undefined) return said(question, figures, [RULES_OF_THUMB]);
    return said(question, `${NOT_FOUND}${CAN}`);
  }
  const lead = figures === undefined ? '' : `**${figures}**\n\n`;
  const text = (note: Note) => `${note.text}\n\n_Source: ${SOURCE}, “${note.title}”._`;
  return answered(
    question,
    [
      section(
        'answer',
        `${lead}${notes.map(text).join('\n\n')}`,
        `${lead}${text(first)}`,
        figures ?? first.text,
      ),
    ],
    {
      answer: [figures, ...notes.map((note) => note.text)].filter((part) => part !== undefined).join(' '),
      sources: notes.map((note) => `${SOURCE}: ${note.title}`),
    },
    [RULES_OF_THUMB],
  );
}

const RULES_OF_THUMB =
  'answered from a small set of planning notes, as rules of thumb; local law and your suppliers come first';
const FROM_SHARES = 'no price list is known here: shares of a budget are usual values, not offers';
const NOT_FOUND =
  'I found nothing about this in my notes on event planning, and without a language model I do not answer from general knowledge. ';
const PRICE =
  /\bhow much (?:does|do|would|will|is|are|should|for)\b|\bwhat (?:does|do|would|will)\b.{0,60}\bcosts?\b|\b(?:cost|price) of\b/i;

/** "What would the catering cost?" after a budget was named: the row of the plan. */
function shareOf(question: Question): string | undefined {
  const { prompt, brief, planner, now } = question;
  if (!brief.budget || !/\b(?:cost|budget|spend|how much|share|price)\b/i.test(prompt)) return undefined;
  const words = new Set(contentWords(prompt).filter((word) => !COMMON.has(word) && word !== 'budget'));
  const { rows, currency } = planner.plan(brief, now).budget;
  const row =
    rows.find(({ category }) => contentWords(category).some((word) => words.has(word))) ??
    rows.find(({ category }) => SAME_MATTER.some((matter) => matter.test(category) && matter.test(prompt)));
  if (row?.amountMinor === undefined || !currency) return undefined;
  const total = formatMoney(brief.budget.amountMinor, brief.budget.currency);
  return `In a plan for ${total}, ${row.category.toLowerCase()} gets ${formatMoney(row.amountMinor, currency)} (${row.sharePercent} %), for ${row.covers || 'all of it'}${headOf(question, row.amountMinor)}. What it really costs only an offer can tell: ask three suppliers with the same brief.`;
}

/** Names of one row of a budget: what one kind of event calls meals is catering at another. */
const SAME_MATTER: readonly RegExp[] = [
  /\b(?:catering|caterer|food|meals?|menu)\b/i,
  /\b(?:venue|rooms?|hall|location|site)\b/i,
  /\b(?:music|entertainment|band|dj|programme)\b/i,
  /\b(?:transport|coach(?:es)?|travel|bus(?:es)?)\b/i,
  /\b(?:audio-visual|technical equipment|sound|screens?|av)\b/i,
];

/** ", which is about $32 for each of 80": where a price per head was asked for. */
function headOf({ prompt, brief: { guests, budget } }: Question, amountMinor: number): string {
  if (!guests || !budget || !/\b(?:per|a|each|every)[- ]?(?:person|head|guest|participant)\b/i.test(prompt))
    return '';
  const each = formatMoney(Math.floor(amountMinor / guests.count), budget.currency);
  return `, which is about ${each} for each of ${guests.count}`;
}

/** "Who should I call first?": whom the plan needs, in its order. */
function orderOf({ prompt, brief, planner, now }: Question): string | undefined {
  if (
    !brief.typeStated ||
    !/\b(?:who|whom|which (?:suppliers?|vendors?)|what)\b.{0,40}\b(?:call|contact|book|hire|ask)\b.{0,20}\bfirst\b/i.test(
      prompt,
    )
  )
    return undefined;
  const { vendors, checklist } = planner.plan(brief, now);
  const [first, ...others] = vendors.map((vendor) => vendor.toLowerCase());
  if (first === undefined) return undefined;
  const when = checklist.find(({ what }) => /\bbook/i.test(what));
  const due = when === undefined ? '' : ` ${when.when}: ${when.what}.`;
  return `For ${withArticle(eventName(brief))}: first ${first}, because date, place and numbers hang on it${others.length === 0 ? '' : `; then ${others.join(', ')}`}.${due}`;
}

/** "Is $5,000 enough?": the sum per head against the rough least for such an event. */
function enoughOf({ prompt, brief }: Question): string | undefined {
  const { budget, guests, type } = brief;
  if (
    !budget ||
    !guests ||
    !/\b(?:enough|sufficient|realistic|afford|too (?:little|low|small|tight))\b/i.test(prompt)
  )
    return undefined;
  const { currency, amountMinor } = budget;
  const perHead = Math.floor(amountMinor / guests.count);
  const least =
    Math.round(FAMILIES[type.family].leastUsdPerHead * currency.unitsPerUsd) * 10 ** currency.decimals;
  const said = `${formatMoney(amountMinor, currency)} for ${guests.count} guests is ${formatMoney(perHead, currency)} a head.`;
  if (currency.code === '') return `${said} In which currency? Without it I cannot say more.`;
  const verdict =
    perHead < least
      ? 'That is below what such an event can usually be done for: fewer guests, more money or help in kind are needed.'
      : perHead < 3 * least
        ? 'That is possible when done simply: a low-cost venue, a buffet, and friends who help.'
        : 'That is workable; what decides is the venue and the menu.';
  return `${said} My rough floor for ${withArticle(eventName(brief))} is ${formatMoney(least, currency)} a head. ${verdict} Offers from three caterers settle it.`;
}

/** No figure is made up: what drives the sum and how it usually splits. */
function priceless({ brief, planner, now }: Question): string {
  const shares = planner
    .plan({ ...brief, budget: undefined }, now)
    .budget.rows.map(({ category, sharePercent }) => `${category.toLowerCase()} ${sharePercent} %`);
  return `I have no price list and do not guess prices. A budget for ${withArticle(eventName(brief))} usually splits like this: ${shares.join(', ')}. Ask for one offer for the biggest share, divide by that share, and you have a first total; or name a total, and I split it.`;
}

function said(question: Question, text: string, limits: readonly string[] = []): Answer {
  return answered(
    question,
    [section('answer', text, `${text.split(/(?<=[.!])\s/)[0] ?? text}`)],
    { answer: text, sources: [] },
    limits,
  );
}
