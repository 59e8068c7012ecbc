import type { Brief } from '../brief.js';
import { fitJson } from '../fit.js';
import type { Answer, Question } from './answer.js';

/** The slots as JSON; what was not said is null. */
export function extractionAnswer(question: Question): Answer {
  const value = slotsOf(question.brief);
  return {
    ...fitJson(value, Object.keys(value), question.maxTokens),
    limits: ['fields are found by rules; null means that nothing was recognised'],
  };
}

export function slotsOf(brief: Brief): Record<string, unknown> {
  const { budget, date, place, guests } = brief;
  return {
    eventType: brief.typeStated ? brief.type.id : null,
    topic: brief.topic ?? null,
    guests: guests?.count ?? null,
    budget: budget
      ? {
          amount: budget.amountMinor / 10 ** budget.currency.decimals,
          currency: budget.currency.code || null,
        }
      : null,
    place: place.name ?? null,
    country: place.city?.country ?? null,
    venue: place.venue ?? null,
    date: date ? { start: date.iso, end: date.endIso ?? null, precision: date.precision } : null,
    durationDays: brief.daysStated === 'stated' ? brief.days : null,
    durationHours: brief.hours ?? null,
    setting: brief.setting ?? null,
    theme: brief.theme ?? null,
    guestOfHonour: brief.honouree ?? null,
    years: brief.years ?? null,
    needs: brief.needs,
    requested: brief.features.map(({ id }) => id),
    excluded: brief.exclusions.map(({ label }) => label).filter((label) => label !== ''),
  };
}
