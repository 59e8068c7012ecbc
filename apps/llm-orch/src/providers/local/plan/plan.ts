import type { Currency } from '../data/currencies.js';

export interface PlanSlot {
  /** Minutes after midnight of the day; beyond 1440 it is past midnight. */
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly core: boolean;
}

export interface PlanDay {
  readonly label: string;
  readonly slots: readonly PlanSlot[];
}

export interface BudgetRow {
  readonly category: string;
  readonly covers: string;
  /** Percent of the whole; all rows add up to 100. */
  readonly sharePercent: number;
  /** Absent when no budget was stated: money is never invented. All rows add up to the total. */
  readonly amountMinor?: number;
}

export interface PlanBudget {
  readonly totalMinor?: number;
  readonly currency?: Currency;
  readonly perHeadMinor?: number;
  readonly rows: readonly BudgetRow[];
  readonly remark?: string;
}

/** What a planner hands over, before it is written as Markdown or JSON. */
export interface Plan {
  readonly title: string;
  readonly understood: readonly string[];
  readonly assumed: readonly string[];
  readonly budget: PlanBudget;
  readonly days: readonly PlanDay[];
  readonly venues: readonly { name: string; why: string }[];
  readonly wishes: readonly string[];
  readonly staff: readonly string[];
  readonly vendors: readonly string[];
  /** Only when the event has many suppliers or the caller asked for it. */
  readonly vendorManagement: readonly string[];
  readonly risks: readonly { risk: string; answer: string }[];
  readonly checklist: readonly { when: string; what: string }[];
  readonly questions: readonly string[];
  /** How the figures or dates came about, where the planner works in a way that needs saying. */
  readonly method: readonly string[];
}
