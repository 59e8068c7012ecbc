import type { Brief } from '../brief.js';
import { formatCount, formatMoney, formatTime } from '../plan/wording.js';

interface Figure {
  readonly asked: RegExp;
  readonly say: (guests: number, hours: number) => string;
}

const USUAL_HOURS = 4;

/** The rules of thumb of the notes, worked out for a head-count. */
const FIGURES: readonly Figure[] = [
  {
    asked: /\b(?:waiters?|waitress\w*|servers|service staff|bartenders?|serving staff)\b/i,
    say: (n) =>
      `seated dinner ${range(n / 12, n / 10)} waiters; buffet ${range(n / 30, n / 25)}; bar ${count(n / 50)} bartenders, or ${count(n / 75)} for wine and beer only`,
  },
  {
    asked: /\b(?:security|guards?|bouncers?)\b/i,
    say: (n) => `${count(n / 100)} licensed guards, or ${count(n / 75)} when alcohol is served`,
  },
  {
    asked: /\b(?:toilets?|restrooms?|loos?|bathrooms?)\b/i,
    say: (n) =>
      `${range(n / 100, n / 75)} toilets for up to six hours, of which ${count(n / 750)} accessible`,
  },
  {
    asked: /\b(?:drinks?|beverages|wine|beer)\b/i,
    say: (n, hours) =>
      `about ${formatCount(n * (hours + 1))} drinks over ${hours} hours, half of them water and soft drinks`,
  },
  {
    asked: /\b(?:food|finger food|buffet|canap[ée]s|bites|snacks)\b/i,
    say: (n) =>
      `${formatCount(n * 4)} to ${formatCount(n * 6)} small bites an hour before dinner, or about ${formatCount(Math.ceil(n / 2))} kg of food for a buffet`,
  },
  {
    asked: /\b(?:space|room size|square met\w+|m2|m²|how (?:big|large)|area)\b/i,
    say: (n) =>
      `standing ${range(n * 0.8, n)} m², classroom ${range(n * 1.5, n * 2)} m², round tables ${range(n * 1.5, n * 1.8)} m² plus the dance floor`,
  },
  {
    asked: /\b(?:first[- ]aid\w*|medics?|paramedics?)\b/i,
    say: (n) => `${formatCount(2 + Math.ceil(Math.max(0, n - 500) / 500))} trained first-aiders`,
  },
  { asked: /\btables\b/i, say: (n) => `${range(n / 10, n / 8)} round tables of eight to ten` },
  {
    asked: /\b(?:parking|car park)\b/i,
    say: (n) => `${count(n / 2.5)} parking spaces if everybody drives`,
  },
];

/** "For 150 guests: …" where the question is about a quantity and the guests are known. */
export function figuresFor(prompt: string, { guests, hours }: Brief): string | undefined {
  if (!guests) return undefined;
  const said = FIGURES.filter(({ asked }) => asked.test(prompt)).map(({ say }) =>
    say(guests.count, hours ?? USUAL_HOURS),
  );
  return said.length === 0 ? undefined : `For ${formatCount(guests.count)} guests: ${said.join('; ')}.`;
}

/** "around 4:30 pm" of a brief, as a clock time. */
export function startOf({ startMinute }: Brief): string | undefined {
  return startMinute === undefined ? undefined : formatTime(startMinute);
}

export function endOf({ startMinute, endMinute, hours }: Brief): string | undefined {
  if (endMinute !== undefined) return formatTime(endMinute);
  return startMinute !== undefined && hours !== undefined ? formatTime(startMinute + hours * 60) : undefined;
}

/** What a ticket costs, as it was said; "free of charge"; undefined when nothing was said of it. */
export function priceOf({ text, otherMoney }: Brief): string | undefined {
  const ticket = otherMoney.find(({ saidAs }) => {
    const at = text.indexOf(saidAs);
    return (
      /\b(?:tickets?|entry|admission|fee)\b[^.\n;]{0,25}$/i.test(text.slice(Math.max(0, at - 40), at)) ||
      /^\s*(?:per|a|each|\/)\s*(?:ticket|entry)\b/i.test(
        text.slice(at + saidAs.length, at + saidAs.length + 20),
      )
    );
  });
  if (ticket) return formatMoney(ticket.amountMinor, ticket.currency);
  return /\b(?:free (?:entry|admission|of charge|event|webinar|workshop|tickets?)|(?:entry|admission|tickets?|attendance) (?:is|are) free)\b|,\s*free(?=\s*(?:[.,;]|$))/i.test(
    text,
  )
    ? 'free of charge'
    : undefined;
}

function count(exact: number): string {
  return formatCount(Math.max(1, Math.ceil(exact)));
}

function range(low: number, high: number): string {
  return count(low) === count(high) ? count(low) : `${count(low)} to ${count(high)}`;
}
