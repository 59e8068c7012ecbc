import type { DeckPlan, SlidePlan } from '../deck.js';
import { type EventFacts, factsOf, money } from './event-facts.js';
import { SECTIONS } from './sections.js';

/** What a deck is to be made of. */
export interface OutlineWish {
  readonly topic: string;
  /** 1-30. */
  readonly slides: number;
  readonly audience?: string;
}

function coverOf(facts: EventFacts, audience: string | undefined): SlidePlan {
  const { title, date, place, attendees, budget, currency, profile } = facts;
  const line = [date, place].filter((part) => part !== undefined).join(' · ');
  return {
    layout: 'title',
    title,
    ...(line === '' ? {} : { subtitle: line }),
    bullets: [
      `${attendees.toLocaleString('en-US')} ${profile.guestWord} · ${money(budget, currency)}`,
      ...(audience === undefined ? [] : [`For ${audience}`]),
    ],
    imagePrompt: profile.scene,
    notes: `Welcome. This deck is about: ${title}.`,
  };
}

const LONGEST_LIST = 8;

function agendaOf(slides: readonly SlidePlan[]): SlidePlan {
  const titles = slides.map(({ title }) => title);
  const notes = 'Two minutes: what we go through, and what we decide at the end.';
  if (titles.length <= LONGEST_LIST) return { layout: 'content', title: 'Agenda', bullets: titles, notes };
  const half = Math.ceil(titles.length / 2);
  const columns = [
    { heading: 'First part', bullets: titles.slice(0, half) },
    { heading: 'Second part', bullets: titles.slice(half) },
  ];
  return { layout: 'content', title: 'Agenda', columns, notes };
}

const closingOf = ({ title }: EventFacts): SlidePlan => ({
  layout: 'closing',
  title: 'Next steps',
  subtitle: title,
  bullets: ['Confirm date, place and budget', 'Name the lead and sign the venue', 'Next review in two weeks'],
  notes: 'End with decisions: who does what until when.',
});

/**
 * Plans a deck about an event by rules. Pure, and the same at quote and at work: the price depends on it.
 * Numbers, dates and places of the topic are carried through; what is assumed is said.
 */
export function outlineOf({ topic, slides, audience }: OutlineWish): DeckPlan {
  const facts = factsOf(topic, audience);
  const withAgenda = slides >= 6;
  const withClosing = slides >= 3;
  const room = slides - 1 - (withAgenda ? 1 : 0) - (withClosing ? 1 : 0);
  const ranks = SECTIONS.map(({ rank }) => rank)
    .sort((a, b) => a - b)
    .slice(0, room);
  const body = SECTIONS.filter(({ rank }) => ranks.includes(rank)).map(({ make }) => make(facts));
  const cover = coverOf(facts, audience);
  return {
    title: facts.title,
    slides: [
      cover,
      ...(withAgenda ? [agendaOf(body)] : []),
      ...body,
      ...(withClosing ? [closingOf(facts)] : []),
    ],
    assumptions: ['outlined by rules for events, not written by a language model', ...facts.assumptions],
  };
}
