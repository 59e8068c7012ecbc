/** One reserve, as the ledger's function takes it. */
export interface ReserveItem {
  readonly tenantId: string;
  readonly id: string;
  readonly service: string;
  readonly userId: string;
  readonly userWallet: string;
  readonly teamWallet: string;
  readonly choice: 'user' | 'team' | null;
  readonly operation: string;
  readonly referenceId: string;
  readonly amount: number;
  readonly deadline: string;
  readonly expiresAt: string;
  readonly roles: readonly string[];
}

export type ReserveOutcomeKind =
  | 'created'
  | 'existing'
  | 'conflict'
  | 'released'
  | 'expired'
  | 'frozen'
  | 'denied'
  | 'capped'
  | 'insufficient';

/** What became of one reserve. */
export interface ReserveOutcome {
  readonly id: string;
  readonly outcome: ReserveOutcomeKind;
  readonly field: string | null;
  readonly walletId: string;
  readonly kind: 'user' | 'team';
  readonly state: 'open' | 'captured';
  readonly captured: number;
  readonly uncollected: number;
  readonly createdAt: string;
  readonly resolvedAt: string | null;
  readonly available: number;
}

/** The wallet that is locked first: reserves with the same one can share a statement. */
export function firstWallet({ choice, userWallet, teamWallet }: ReserveItem): string {
  return choice === 'team' ? teamWallet : userWallet;
}

/** Whether a reserve repeats another one, so that both may share one answer. */
export function sameReserve(a: ReserveItem, b: ReserveItem): boolean {
  // The id first: a full queue of others is compared with every newcomer.
  return a.id === b.id && JSON.stringify({ ...a, roles: [] }) === JSON.stringify({ ...b, roles: [] });
}
