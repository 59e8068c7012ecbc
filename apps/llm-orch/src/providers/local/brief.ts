import type { City } from './data/cities.js';
import type { Currency } from './data/currencies.js';
import type { EventType } from './data/event-types.js';
import type { Feature } from './data/features.js';

export interface Budget {
  /** Whole minor units of the currency (cents; whole yen where there are no cents). */
  readonly amountMinor: number;
  readonly currency: Currency;
  /** The words it was read from, for the caller to check. */
  readonly saidAs: string;
}

export interface GuestCount {
  readonly count: number;
  readonly saidAs: string;
  /** `capacity` when a size of the place was given rather than a list of people. */
  readonly kind: 'guests' | 'capacity';
}

export interface Place {
  /** City, region or what stood after "in". */
  readonly name?: string;
  /** Present when the gazetteer knows the place. */
  readonly city?: City;
  /** A named venue, when one was given. */
  readonly venue?: string;
}

export interface EventDate {
  /** ISO calendar date; the first day of the month, season or quarter when only that was given. */
  readonly iso: string;
  readonly precision: 'day' | 'month' | 'period';
  readonly saidAs: string;
  /** A holiday or period by name, e.g. "Diwali", where no calendar date could be worked out. */
  readonly endIso?: string;
}

/** A day by which something must be done. */
export interface Deadline {
  /** In the caller's words: "deadline for registration". */
  readonly what: string;
  readonly iso: string;
}

/** Something the caller ruled out: no line that these words match may appear in a plan. */
export interface Exclusion {
  readonly label: string;
  readonly words: RegExp;
}

/** What was understood of a prompt: the slots. Absent fields were not said. */
export interface Brief {
  readonly text: string;
  readonly type: EventType;
  readonly typeStated: boolean;
  /** The caller's own name for it when it is a good one: "jazz festival". */
  readonly typeName?: string;
  /** Words in front of the type: "tech" of "tech conference". */
  readonly topic?: string;
  readonly guests?: GuestCount;
  readonly budget?: Budget;
  readonly place: Place;
  readonly date?: EventDate;
  readonly days: number;
  readonly daysStated: 'stated' | 'vague' | 'assumed';
  readonly hours?: number;
  /** Minutes after midnight. */
  readonly startMinute?: number;
  /** Minutes after midnight at which it must be over. */
  readonly endMinute?: number;
  readonly deadlines: readonly Deadline[];
  /** Every sum of money that is not the budget: ticket prices, goals, fees. */
  readonly otherMoney: readonly { saidAs: string; amountMinor: number; currency: Currency }[];
  /** Whom it is meant for: "HR managers". */
  readonly audience?: string;
  /** Language the words were read from when it is not English. */
  readonly language?: string;
  readonly setting?: 'indoor' | 'outdoor' | 'virtual' | 'hybrid';
  readonly theme?: string;
  /** Whom the event is for: "my mother", "Sarah". */
  readonly honouree?: string;
  /** Age or number of years celebrated. */
  readonly years?: number;
  readonly exclusions: readonly Exclusion[];
  /** Diets and access needs to be met, in words. */
  readonly needs: readonly string[];
  readonly features: readonly Feature[];
  /** What was taken for granted while reading, in words for the caller. */
  readonly assumptions: readonly string[];
}
