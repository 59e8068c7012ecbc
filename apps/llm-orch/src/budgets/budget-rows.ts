import type { BudgetLimits, BudgetsBody, BudgetsView, UserBudget } from './budgets.dto.js';
import type { BudgetRow, BudgetWindowRow, NewBudget } from './budgets.repository.js';

const MICROS_PER_USD = 1_000_000;

type Scope = 'tenant' | 'each_user' | 'user';

/** The rows of a tenant's budgets. */
export function budgetRows(
  { tenant = {}, eachUser = {}, users = [] }: BudgetsBody,
  tenantId: string,
  updatedAt: Date,
): NewBudget[] {
  const rows = (scope: Scope, subjectId: string, { dayUsd, monthUsd }: BudgetLimits) =>
    Object.entries({ day: dayUsd, month: monthUsd }).flatMap(([period, usd]) =>
      usd === undefined
        ? []
        : [{ tenantId, scope, subjectId, period, limitMicroUsd: micros(usd), updatedAt }],
    );
  const byUser = new Map(users.map((user) => [user.userId.toLowerCase(), user]));
  return [
    ...rows('tenant', tenantId, tenant),
    ...rows('each_user', tenantId, eachUser),
    ...[...byUser].flatMap(([userId, limits]) => rows('user', userId, limits)),
  ];
}

/** The budgets as the route shows them. */
export function budgetsView(budgets: readonly BudgetRow[], windows: readonly BudgetWindowRow[]): BudgetsView {
  const users = new Map<string, UserBudget>();
  const view: { tenant: BudgetLimits; eachUser: BudgetLimits } = { tenant: {}, eachUser: {} };
  for (const { scope, subjectId, period, limitMicroUsd } of budgets) {
    const user = users.get(subjectId) ?? { userId: subjectId };
    const limits = scope === 'tenant' ? view.tenant : scope === 'each_user' ? view.eachUser : user;
    limits[period === 'day' ? 'dayUsd' : 'monthUsd'] = Number(limitMicroUsd) / MICROS_PER_USD;
    if (scope === 'user') users.set(subjectId, user);
  }
  const current = (period: string) => {
    const window = windows.find((one) => one.period === period);
    return {
      spentUsd: Number(window?.spentMicroUsd ?? 0) / MICROS_PER_USD,
      heldUsd: Number(window?.heldMicroUsd ?? 0) / MICROS_PER_USD,
    };
  };
  return { ...view, users: [...users.values()], current: { day: current('day'), month: current('month') } };
}

function micros(usd: number): bigint {
  return BigInt(Math.round(usd * MICROS_PER_USD));
}
