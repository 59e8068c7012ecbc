import { fit } from '../fit.js';
import type { Currency } from '../data/currencies.js';
import type { Section } from '../fit.js';
import type { Plan, PlanBudget, PlanDay } from '../plan/plan.js';
import { formatMoney, formatTime } from '../plan/wording.js';
import type { Answer, Question } from './answer.js';
import { section } from './answer.js';
import { jsonAnswer } from './json-answer.js';
import { focusOf } from './plan-focus.js';

const PRIORITY = [
  'budget',
  'title',
  'summary',
  'timeline',
  'questions',
  'venues',
  'budget^',
  'method',
  'wishes',
  'vendor management',
  'questions^',
  'venues^',
  'timeline^',
  'vendor management^',
  'checklist',
  'summary^',
  'checklist^',
  'staffing',
  'vendors',
  'risks',
];
const JSON_PRIORITY = [
  'budget',
  'title',
  'understood',
  'assumed',
  'days',
  'venues',
  'wishes',
  'vendorManagement',
  'questions',
  'checklist',
  'vendors',
  'staff',
  'risks',
];

/** A whole event plan. */
export function planAnswer(question: Question): Answer {
  const plan = question.planner.plan(question.brief, question.now);
  const limits = [
    'venues and suppliers are kinds, not offers: nothing was searched or booked',
    ...question.planner.limits,
  ];
  if (question.json) {
    return jsonAnswer(question, jsonOf(plan), {
      priority: JSON_PRIORITY,
      compact: compactOf(plan),
      limits,
    });
  }
  const focus = focusOf(question.prompt);
  const sections = sectionsOf(plan, question.planner.order);
  const shown = sections.filter(({ id }) => focus === undefined || ['title', 'summary', focus].includes(id));
  const priority = focus === undefined ? PRIORITY : ['title', focus, `${focus}^`];
  return { ...fit(shown, priority, question.maxTokens), limits };
}

/** The keys that are long, in short: what a caller with little space needs of them. */
function compactOf({ budget, days }: Plan): Record<string, unknown> {
  return {
    budget: {
      totalMinor: budget.totalMinor ?? null,
      currency: budget.currency?.code || null,
      rows: budget.rows.map(({ category, amountMinor, sharePercent }) =>
        amountMinor === undefined ? { category, sharePercent } : { category, amountMinor },
      ),
    },
    days: days.map(({ label, slots }) => ({
      label,
      slots: slots.filter(({ core }) => core).map(({ start, what }) => ({ start: formatTime(start), what })),
    })),
  };
}

/** The plan for machines: money in minor units, clock times as text. */
function jsonOf(plan: Plan): Record<string, unknown> {
  const { currency, ...budget } = plan.budget;
  const days = plan.days.map(({ label, slots }) => ({
    label,
    slots: slots.map(({ start, end, what }) => ({ start: formatTime(start), end: formatTime(end), what })),
  }));
  return {
    ...plan,
    budget: { ...budget, currency: currency?.code || null, minorUnits: currency?.decimals ?? null },
    days,
  };
}

/** In the order of the plan, or with what the planner works from in front. */
function sectionsOf(plan: Plan, order: readonly string[]): Section[] {
  const rank = ({ id }: Section) => (order.includes(id) ? order.indexOf(id) : order.length);
  return allSections(plan).sort((a, b) => rank(a) - rank(b));
}

function allSections(plan: Plan): Section[] {
  return [
    section('title', `# ${plan.title}`),
    section('summary', summary(plan, true), summary(plan, false)),
    section(
      'venues',
      list(
        'Venue ideas',
        plan.venues.map(({ name, why }) => `**${name}**: ${why}`),
      ),
      `**Venue ideas:** ${plan.venues.map(({ name }) => name).join('; ')}`,
    ),
    section('timeline', timeline(plan.days, false), timeline(plan.days, true)),
    section(
      'budget',
      budgetTable(plan.budget, true),
      budgetTable(plan.budget, false),
      budgetLine(plan.budget),
    ),
    section(
      'vendors',
      list('Suppliers to book', plan.vendors),
      `**Suppliers to book:** ${plan.vendors.join('; ')}`,
    ),
    section(
      'vendor management',
      list('Vendor management', plan.vendorManagement),
      list(
        'Vendor management',
        plan.vendorManagement.map((line) => line.split(/[;:]/)[0] ?? line),
      ),
    ),
    section('method', list('How this plan was made', plan.method)),
    section('staffing', list('Staffing', plan.staff), `**Staffing:** ${plan.staff.join('; ')}`),
    section('wishes', list('Your wishes', plan.wishes)),
    section(
      'risks',
      list(
        'Risks and answers',
        plan.risks.map(({ risk, answer }) => `**${risk}**: ${answer}`),
      ),
    ),
    section(
      'checklist',
      list(
        'Checklist',
        plan.checklist.map(({ when, what }) => `${when}: ${what}`),
      ),
      list(
        'Checklist',
        plan.checklist.slice(0, 4).map(({ when, what }) => `${when}: ${what}`),
      ),
    ),
    section(
      'questions',
      list('Open questions', plan.questions),
      `**Open questions:** ${plan.questions.slice(0, 3).join(' ')}`,
    ),
  ];
}

function list(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${heading}\n${lines.map((line) => `- ${line}`).join('\n')}`;
}

function summary({ understood, assumed }: Plan, full: boolean): string {
  if (!full) return `**Understood:** ${understood.join('; ')}.`;
  const notes =
    assumed.length === 0 ? '' : `\n\n**Assumed**\n${assumed.map((line) => `- ${line}`).join('\n')}`;
  return `## Summary\n${understood.map((line) => `- ${line}`).join('\n')}${notes}`;
}

function timeline(days: readonly PlanDay[], coreOnly: boolean): string {
  const parts = days.map(({ label, slots }) => {
    const shown = coreOnly ? slots.filter(({ core }) => core) : slots;
    const lines = shown.map(({ start, end, what }) => `- ${formatTime(start)}–${formatTime(end)} ${what}`);
    return [...(label === '' ? [] : [`**${label}**`]), ...lines].join('\n');
  });
  return `## Run of show\n${parts.join('\n\n')}`;
}

function budgetTable(budget: PlanBudget, covering: boolean): string {
  const { rows, currency, totalMinor } = budget;
  const sum = currency && totalMinor !== undefined ? formatMoney(totalMinor, currency) : '100 %';
  const head = covering ? '| Item | Covers | ' : '| Item | ';
  const rule = covering ? '|---|---|---:|' : '|---|---:|';
  const lines = rows.map(
    (row) => `| ${row.category} |${covering ? ` ${row.covers} |` : ''} ${amount(row, budget)} |`,
  );
  const total = `| **Total** |${covering ? ' |' : ''} **${sum}** |`;
  return [
    `## Budget`,
    `${head}${currency ? 'Amount' : 'Share'} |`,
    rule,
    ...lines,
    total,
    ...remarks(budget),
  ].join('\n');
}

function remarks({ currency, perHeadMinor, remark, totalMinor }: PlanBudget): string[] {
  const perHead =
    currency && perHeadMinor !== undefined
      ? [`That is ${perHeadText(perHeadMinor, currency)} per head.`]
      : [];
  const none = totalMinor === undefined ? ['No budget was stated, so these are shares, not sums.'] : [];
  const lines = [...none, ...perHead, ...(remark === undefined ? [] : [remark])];
  return lines.length === 0 ? [] : ['', lines.join(' ')];
}

/** Whole units where cents would only pretend precision. */
function perHeadText(perHeadMinor: number, currency: Currency): string {
  const unit = 10 ** currency.decimals;
  const exact = perHeadMinor % unit === 0 || perHeadMinor < 20 * unit;
  return exact
    ? formatMoney(perHeadMinor, currency)
    : `about ${formatMoney(Math.round(perHeadMinor / unit) * unit, currency)}`;
}

function budgetLine(budget: PlanBudget): string {
  const { rows, currency, totalMinor } = budget;
  const total = currency && totalMinor !== undefined ? formatMoney(totalMinor, currency) : '100 %';
  return `**Budget ${total}** = ${rows.map((row) => `${row.category} ${amount(row, budget)}`).join(' + ')}`;
}

function amount({ amountMinor, sharePercent }: PlanBudget['rows'][number], { currency }: PlanBudget): string {
  return currency && amountMinor !== undefined ? formatMoney(amountMinor, currency) : `${sharePercent} %`;
}
