import type { Brief } from '../brief.js';
import { FAMILIES, VIRTUAL } from '../data/families.js';
import type { Family } from '../data/family.js';
import { SURPRISE } from '../data/families-social.js';
import { planBudget } from './budget.js';
import { isShortNotice, planChecklist } from './checklist.js';
import { planAssumptions, planQuestions, planTitle, planUnderstood } from './headlines.js';
import type { Plan } from './plan.js';
import { planRisks } from './risks.js';
import { isSurprise, planDays } from './timeline.js';
import { planVenues } from './venues.js';
import { capitalised, formatCount, worded } from './wording.js';
import { NEEDS } from '../data/features.js';

const VENDOR_MANAGEMENT: readonly string[] = [
  'Brief and tender: one page per lot, three quotes each, same closing date, scored 40 % price, 40 % references, 20 % response.',
  'Contract: scope, delivery slot, power and water needs, insurance certificate, payment 30/50/20, penalties and right to step in.',
  'Onboarding: documents in one register (insurance, hygiene, gas, electrical test); no certificate, no access pass.',
  'Site plan: numbered pitches, load-in slots of 30 minutes, vehicles off the site two hours before doors.',
  'On the day: one vendor manager per 15 vendors, radio channel, checks at opening, mid-day and close.',
  'Settlement: takings or hours signed daily, deposits back after a clean pitch, invoices within 14 days, score kept for next time.',
];

/** A way of planning, found by its model name. */
export interface PlannerVariant {
  readonly model: string;
  /** What it is and how it works, honestly, in a sentence or two. */
  readonly description: string;
  /** What the caller should know about plans made in this way. */
  readonly limits: readonly string[];
  /** Sections that come first, because the plan is built from them. */
  readonly order: readonly string[];
  plan(brief: Brief, now: Date): Plan;
}

/** The everyday planner: the family's usual shape, fitted to what was said. */
export const BALANCED_PLANNER: PlannerVariant = {
  model: 'local-planner-1',
  description:
    'Rule-based planner and extractor for events; no language model. Splits the stated budget from the top by the shares that are usual for the kind of event.',
  limits: [],
  order: [],
  plan: makePlan,
};

export function makePlan(brief: Brief, now: Date): Plan {
  const family = familyOf(brief);
  const today = now.toISOString().slice(0, 10);
  return {
    title: planTitle(brief),
    understood: planUnderstood(brief),
    assumed: planAssumptions(brief, family, isShortNotice(family.leadWeeks, brief, today)),
    budget: planBudget(family, family.budget, brief),
    days: planDays(family, brief),
    venues: planVenues(family.venues, brief),
    wishes: wishes(brief),
    staff: family.staff.flatMap((line) => staffLine(line, brief)),
    vendors: family.vendors.flatMap((line) => worded(line, brief) ?? []),
    vendorManagement: needsVendorManagement(brief) ? VENDOR_MANAGEMENT : [],
    risks: planRisks([...(isSurprise(brief) ? SURPRISE.risks : []), ...family.risks], brief),
    checklist: planChecklist(family.steps, brief, today),
    questions: planQuestions(brief, family),
    method: [],
  };
}

export function familyOf(brief: Brief): Family {
  const family = FAMILIES[brief.type.family];
  return brief.setting === 'virtual' ? { ...family, ...VIRTUAL } : family;
}

function needsVendorManagement({ features, type, guests }: Brief): boolean {
  return (
    features.some(({ id }) => id === 'vendor-management') ||
    (type.family === 'festival' && (guests?.count ?? 0) >= 1000)
  );
}

function wishes(brief: Brief): string[] {
  const notes = brief.features.flatMap(({ note, id }) =>
    note === undefined || id === 'vendor-management' ? [] : (worded(note, brief) ?? []),
  );
  const needs = NEEDS.filter(({ label }) => brief.needs.some((need) => need.startsWith(label))).map(
    ({ note, label }) =>
      brief.needs.includes(`${label} as an option`)
        ? `${label[0]?.toUpperCase() ?? ''}${label.slice(1)} is offered as an option: ask for it with the invitation and label it.`
        : note,
  );
  return [...needs, ...notes];
}

/** "Facilitators: 3": counted when the guests are known, else the ratio. */
function staffLine(line: string, brief: Brief): string[] {
  const [ratio = '1', least = '1', role = ''] = line.split('|');
  const said = worded(role, brief);
  if (said === undefined) return [];
  const { guests } = brief;
  if (!guests) return [`${capitalised(said)}: 1 per ${ratio} guests, at least ${least}`];
  const count = Math.max(Number(least), Math.ceil(guests.count / Number(ratio)));
  return [`${capitalised(said)}: ${formatCount(count)}`];
}
