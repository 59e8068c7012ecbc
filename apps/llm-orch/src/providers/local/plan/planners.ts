import { ALLOCATOR } from './allocator.js';
import { BACK_SCHEDULER } from './back-scheduler.js';
import type { PlannerVariant } from './make-plan.js';
import { BALANCED_PLANNER } from './make-plan.js';

/** Three ways of planning: by usual shares, by unit costs, and backwards from the date. The first is the default. */
export const PLANNERS: readonly PlannerVariant[] = [BALANCED_PLANNER, ALLOCATOR, BACK_SCHEDULER];
