import type { Brief } from '../brief.js';
import type { Family } from '../data/family.js';
import { addDays } from '../read/dates.js';
import {
  capitalised,
  crowdOf,
  eventName,
  formatCount,
  formatDate,
  formatEventDate,
  formatMoney,
  formatTime,
  joined,
  withArticle,
  worded,
} from './wording.js';

/** "Wedding for 120 guests in Jaipur". */
export function planTitle(brief: Brief): string {
  const guests = brief.guests ? ` for ${formatCount(brief.guests.count)} ${crowdOf(brief)}` : '';
  return `${capitalised(eventName(brief))}${guests}${placed(brief)}`;
}

/** " in Mumbai", " at Taj Lands End, Mumbai", "" when unknown. */
export function placed({ place, setting }: Brief): string {
  if (place.venue !== undefined)
    return ` at ${place.venue}${place.name === undefined ? '' : `, ${place.name}`}`;
  if (place.name !== undefined) return ` in ${place.name}`;
  return setting === 'virtual' ? ' online' : '';
}

/** One line per slot, in the caller's terms. */
export function planUnderstood(brief: Brief): string[] {
  const { guests, budget, place, date, setting } = brief;
  const stated = brief.exclusions.map(({ label }) => label).filter((label) => label !== '');
  return [
    `Event: ${withArticle(eventName(brief))}${brief.honouree === undefined ? '' : ` for ${brief.honouree}`}`,
    ...(guests
      ? [
          `${guests.kind === 'capacity' ? 'Capacity' : capitalised(crowdOf(brief))}: ${formatCount(guests.count)}`,
        ]
      : []),
    ...(budget
      ? [
          `Budget: ${formatMoney(budget.amountMinor, budget.currency)}${budget.currency.code === '' || budget.currency.symbol.startsWith(budget.currency.code) ? '' : ` (${budget.currency.code})`}`,
        ]
      : []),
    ...(place.name === undefined && place.venue === undefined
      ? []
      : [
          `Place: ${[place.venue, place.name, place.city && place.city.country !== place.name ? place.city.country : undefined].filter((part) => part !== undefined).join(', ')}`,
        ]),
    ...(date ? [`Date: ${formatEventDate(date)}${lastDay(brief)}`] : []),
    ...(brief.daysStated === 'assumed' ? [] : [`Length: ${brief.days} ${brief.days === 1 ? 'day' : 'days'}`]),
    ...(brief.hours === undefined || brief.days > 1 ? [] : [`Length: ${brief.hours} hours`]),
    ...(brief.startMinute !== undefined && brief.daysStated === 'assumed'
      ? [`Start: ${formatTime(brief.startMinute)}`]
      : []),
    ...(brief.endMinute !== undefined && brief.startMinute === undefined
      ? [`To end by: ${formatTime(brief.endMinute)}`]
      : []),
    ...(setting ? [`Setting: ${setting}`] : []),
    ...(brief.theme === undefined ? [] : [`Theme: ${brief.theme}`]),
    ...(brief.needs.length > 0 ? [`Needs: ${joined(brief.needs)}`] : []),
    ...(stated.length > 0 ? [`Ruled out: ${joined(stated)}`] : []),
    ...brief.deadlines.map(({ what, iso }) => `${capitalised(what)}: ${formatDate(iso)}`),
    ...(brief.otherMoney.length > 0
      ? [
          `Other sums named, not part of the budget: ${joined(brief.otherMoney.slice(0, 4).map(({ saidAs }) => saidAs))}`,
        ]
      : []),
    ...(brief.features.length > 0 ? [`Asked for: ${joined(brief.features.map(({ label }) => label))}`] : []),
  ];
}

/** " to Friday, 14 May 2027" of an event of several days. */
function lastDay({ date, days }: Brief): string {
  return date?.precision === 'day' && days > 1 ? ` to ${formatDate(addDays(date.iso, days - 1))}` : '';
}

export function planAssumptions(brief: Brief, family: Family, shortNotice: boolean): string[] {
  const { budget, place } = brief;
  const notes = [...brief.assumptions];
  if (!brief.typeStated) notes.push('No kind of event was named; this is a general outline.');
  if (brief.daysStated === 'vague') notes.push(`"Multi-day" was planned as ${brief.days} days.`);
  if (brief.daysStated === 'assumed' && brief.days > 1)
    notes.push(`Planned over ${brief.days} days, as is usual for ${withArticle(brief.type.label)}.`);
  if (
    budget?.currency.code === 'USD' &&
    /^\$/.test(budget.saidAs) &&
    place.city &&
    place.city.currencyCode !== 'USD'
  ) {
    notes.push(
      `"$" was read as US dollars; suppliers in ${place.city.name} quote in ${place.city.currencyCode}, so fix an exchange rate early.`,
    );
  }
  if (budget?.currency.code === '' && place.city) {
    notes.push(
      `Suppliers in ${place.city.name} quote in ${place.city.currencyCode}; say so if the budget is in another currency.`,
    );
  }
  if (/\bbeach\b/i.test(brief.text) && place.city && !place.city.traits.includes('c')) {
    notes.push(
      `${place.city.name} has no sea beach within easy reach; the ideas below are for other places there.`,
    );
  }
  if (shortNotice)
    notes.push(
      `There is less time than the usual ${family.leadWeeks} weeks: overdue steps are marked "Now"; choose suppliers that can confirm within two days.`,
    );
  return notes;
}

/** What is missing, most important first; ends with the family's own question. */
export function planQuestions(brief: Brief, family: Family): string[] {
  return [
    ...(brief.date?.precision === 'day'
      ? []
      : [brief.date ? 'Which exact day?' : 'Which date, and is it flexible?']),
    ...(brief.guests ? [] : ['How many guests do you expect?']),
    ...(brief.budget ? [] : ['What is the total budget, and does it include tax?']),
    ...(brief.budget?.currency.code === '' ? ['In which currency is the budget?'] : []),
    ...(brief.place.name !== undefined || brief.setting === 'virtual'
      ? []
      : ['Which city, and indoors or outdoors?']),
    ...[worded(family.question, brief)].filter((question) => question !== undefined),
  ];
}
