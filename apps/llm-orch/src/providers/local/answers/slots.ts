import type { Brief } from '../brief.js';
import { formatTime } from '../plan/wording.js';
import { contactsIn } from '../read/contacts.js';

/** The slots as a typed object: what was not said is null, lists may be empty. */
export function slotsOf(brief: Brief): Record<string, unknown> {
  const { budget, date, place, guests } = brief;
  const contact = contactsIn(brief.text);
  return {
    eventType: brief.typeStated ? brief.type.id : null,
    topic: brief.topic ?? null,
    guests: guests?.count ?? null,
    guestsAtLeast: guests ? lowerEnd(guests.saidAs, guests.count) : null,
    budget: budget
      ? {
          amount: budget.amountMinor / 10 ** budget.currency.decimals,
          amountMinor: budget.amountMinor,
          currency: budget.currency.code || null,
        }
      : null,
    otherSums: brief.otherMoney.map(({ saidAs, amountMinor, currency }) => ({
      amount: amountMinor / 10 ** currency.decimals,
      currency: currency.code || null,
      saidAs,
    })),
    place: place.name ?? null,
    country: place.city?.country ?? null,
    venue: place.venue ?? null,
    date: date ? { start: date.iso, end: date.endIso ?? null, precision: date.precision } : null,
    startTime: brief.startMinute === undefined ? null : formatTime(brief.startMinute),
    endTime: brief.endMinute === undefined ? null : formatTime(brief.endMinute),
    deadlines: brief.deadlines.map(({ what, iso }) => ({ what, date: iso })),
    durationDays: brief.daysStated === 'stated' ? brief.days : null,
    durationHours: brief.hours ?? null,
    setting: brief.setting ?? null,
    theme: brief.theme ?? null,
    audience: brief.audience ?? null,
    guestOfHonour: brief.honouree ?? null,
    years: brief.years ?? null,
    contact: { name: contact.name ?? null, email: contact.email ?? null, phone: contact.phone ?? null },
    organisation: contact.organisation ?? null,
    needs: brief.needs,
    requested: brief.features.map(({ id }) => id),
    excluded: brief.exclusions.map(({ label }) => label).filter((label) => label !== ''),
  };
}

/** 80 of "80-100 people"; null where one number was given. */
function lowerEnd(saidAs: string, count: number): number | null {
  const [low, high] = [...saidAs.matchAll(/\d[\d,]*/g)].map(([digits]) => Number(digits.replace(/,/g, '')));
  return low !== undefined && high === count && low < high ? low : null;
}

/** The same facts under flat names, for schemas of the caller's own. */
export function flatFacts(brief: Brief): Record<string, unknown> {
  const slots = slotsOf(brief);
  const { budget, date } = brief;
  const contact = contactsIn(brief.text);
  return {
    ...slots,
    // Objects of our own shape would hide the flat facts below.
    budget: undefined,
    date: undefined,
    contact: undefined,
    startDate: date?.precision === 'day' ? date.iso : undefined,
    endDate: date?.endIso,
    budgetAmount: budget ? budget.amountMinor / 10 ** budget.currency.decimals : undefined,
    budgetCurrency: budget?.currency.code || undefined,
    contactName: contact.name,
    contactEmail: contact.email,
    contactPhone: contact.phone,
    constraints: [
      ...brief.needs,
      ...brief.exclusions
        .map(({ label }) => label)
        .filter(Boolean)
        .map((label) => `no ${label}`),
    ],
  };
}
