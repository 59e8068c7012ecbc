import type { CancelOutcome } from '../providers/media-provider.js';

/**
 * Who pays for a job that was cancelled while a vendor worked on it: its owner, but only for work that the vendor says
 * it charged. What nobody knows is ours to bear, as is everything before a vendor took the work.
 *
 * | when                                  | shown as                | charged  |
 * | queued, or before a vendor has a task | `cancelled` at once     | nothing  |
 * | a vendor's task, `stopped`            | `cancelled` when known  | nothing  |
 * | a vendor's task, `unknown`            | `cancelled` when known  | nothing  |
 * | a vendor's task, `charged`            | `cancelled` when known  | what was reserved |
 */
export function creditsForCancelled(reserved: number, outcomes: readonly CancelOutcome[]): number {
  return outcomes.includes('charged') ? reserved : 0;
}
