import type { PlannerVariant } from './make-plan.js';
import { BALANCED_PLANNER } from './make-plan.js';

/** The default first. */
export const PLANNERS: readonly PlannerVariant[] = [BALANCED_PLANNER];
