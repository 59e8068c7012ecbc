import type { AgendaPoint, DeckPlan, SlidePlan } from '../deck.js';
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

/** What a slide is about, in a few words: its first point, or from where to where it goes. */
function detailOf({ bullets = [], timeline = [], columns = [], table }: SlidePlan): string | undefined {
  const [first, last] = [timeline[0], timeline.at(-1)];
  if (first !== undefined && last !== undefined)
    return `${first.when} ${first.what} to ${last.when} ${last.what}`;
  if (columns.length > 0) return columns.map(({ heading }) => heading).join(', ');
  return bullets[0] ?? table?.rows.map(([line = '']) => line).join(', ');
}

/** @param before how many slides come before those of the agenda */
function agendaOf(slides: readonly SlidePlan[], before: number): SlidePlan {
  const agenda = slides.map((slide, index): AgendaPoint => {
    const detail = detailOf(slide);
    return { title: slide.title, slide: before + index + 1, ...(detail === undefined ? {} : { detail }) };
  });
  const notes = 'Two minutes: what we go through, and what we decide at the end.';
  return { layout: 'content', title: 'Agenda', agenda, notes };
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
      ...(withAgenda ? [agendaOf(body, 2)] : []),
      ...body,
      ...(withClosing ? [closingOf(facts)] : []),
    ],
    assumptions: ['outlined by rules for events, not written by a language model', ...facts.assumptions],
  };
}
