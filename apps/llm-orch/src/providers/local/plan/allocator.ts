import type { Brief } from '../brief.js';
import type { PlannerVariant } from './make-plan.js';
import { familyOf, makePlan } from './make-plan.js';
import type { Plan } from './plan.js';
import { unitCostBudget } from './unit-cost-budget.js';

/** Plans from what things cost: quantities times unit costs, and what the money does not reach is cut by need. */
export const ALLOCATOR: PlannerVariant = {
  model: 'local-allocator-1',
  description:
    'Rule-based planner; no language model. Builds the budget from below, quantity times unit cost, keeps a reserve first, and cuts optional rows when the money is short.',
  limits: [
    'unit costs and price levels are round planning figures of this project, neither offers nor market data',
  ],
  order: ['title', 'summary', 'budget', 'method'],
  plan: allocate,
};

function allocate(brief: Brief, now: Date): Plan {
  const plan = makePlan(brief, now);
  const { budget, method } = unitCostBudget(familyOf(brief), brief);
  const { remark } = plan.budget;
  return { ...plan, budget: remark === undefined ? budget : { ...budget, remark }, method };
}
