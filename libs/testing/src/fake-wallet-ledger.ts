import { derivedId } from '@eventzr/config';

export interface FakeHold {
  readonly id: string;
  readonly service: string;
  readonly tenantId: string;
  state: 'open' | 'captured' | 'released' | 'expired';
  readonly walletId: string | null;
  readonly kind: 'user' | 'team' | null;
  readonly userId: string | null;
  readonly operation: string | null;
  readonly referenceId: string | null;
  readonly amount: number;
  readonly walletChoice: string | null;
  readonly deadline: string | null;
  captured: number;
  uncollected: number;
}

export interface FakeAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly error?: { readonly code: string; readonly details?: object };
}

export interface FakeReserve {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly roles: readonly string[];
  readonly walletChoice: 'user' | 'team' | null;
  readonly operation: string;
  readonly referenceId: string;
  readonly amount: number;
  readonly deadline: string;
}

export type FakeQuote = Pick<FakeReserve, 'tenantId' | 'userId' | 'roles' | 'walletChoice' | 'amount'>;

interface FakeAccount {
  available: number;
  held: number;
}

const NAMESPACE = '6f9b2a52-5df1-4a9e-9a44-2f4f1c3d7b10';
const COMPARED = [
  'userId',
  'walletChoice',
  'operation',
  'referenceId',
  'amount',
  'deadline',
] as const satisfies readonly (keyof FakeReserve & keyof FakeHold)[];

/** The wallet's rules in memory: one user wallet per user, one team wallet per tenant. */
export class FakeLedger {
  readonly holds = new Map<string, FakeHold>();
  private readonly accounts = new Map<string, FakeAccount>();
  /** What a wallet has when it is first seen. */
  startCredits = { user: 10_000, team: 0 };

  account(tenantId: string, userId: string | null): FakeAccount & { readonly id: string } {
    const id = derivedId(NAMESPACE, `${tenantId}:${userId ?? 'team'}`);
    const start = userId === null ? this.startCredits.team : this.startCredits.user;
    const account = this.accounts.get(id) ?? { available: start, held: 0 };
    this.accounts.set(id, account);
    return Object.assign(account, { id });
  }

  reset(): void {
    this.accounts.clear();
  }

  reserve(service: string, request: FakeReserve): FakeAnswer {
    const known = this.holds.get(request.id);
    if (known !== undefined) return existing(known, service, request);
    const { wallet, kind } = this.payer(request);
    if (wallet.available < request.amount) {
      const details = { required: request.amount, available: wallet.available, walletId: wallet.id };
      return { status: 402, error: { code: 'ERR_WALLET_INSUFFICIENT_CREDITS', details } };
    }
    wallet.available -= request.amount;
    wallet.held += request.amount;
    const { roles: _onlyAskedFor, ...fields } = request;
    const hold: FakeHold = {
      ...fields,
      service,
      kind,
      walletId: wallet.id,
      state: 'open',
      captured: 0,
      uncollected: 0,
    };
    this.holds.set(hold.id, hold);
    return { status: 201, data: { ...hold } };
  }

  capture(service: string, id: string, amount: number): FakeAnswer {
    const hold = this.holds.get(id);
    if (hold === undefined || hold.service !== service) return refusal(404, 'ERR_WALLET_HOLD_NOT_FOUND');
    if (hold.state === 'released') return refusal(409, 'ERR_WALLET_HOLD_RELEASED');
    if (hold.state === 'captured') {
      const same = hold.captured + hold.uncollected === amount;
      return same
        ? { status: 200, data: { ...hold } }
        : refusal(409, 'ERR_WALLET_IDEMPOTENCY_CONFLICT', { field: 'amount' });
    }
    if (amount > hold.amount) return refusal(422, 'ERR_WALLET_CAPTURE_EXCEEDS_HOLD', { held: hold.amount });
    const wallet = this.walletOf(hold);
    if (hold.state === 'open') {
      wallet.held -= hold.amount;
      wallet.available += hold.amount;
    }
    hold.captured = Math.min(amount, wallet.available);
    hold.uncollected = amount - hold.captured;
    wallet.available -= hold.captured;
    hold.state = 'captured';
    return { status: 200, data: { ...hold } };
  }

  release(service: string, tenantId: string, id: string): FakeAnswer {
    const hold = this.holds.get(id) ?? this.tombstone(service, tenantId, id);
    if (hold.service !== service) return refusal(404, 'ERR_WALLET_HOLD_NOT_FOUND');
    if (hold.state === 'captured') return refusal(409, 'ERR_WALLET_HOLD_CAPTURED');
    this.giveBack(hold, 'released');
    return { status: 200, data: { ...hold } };
  }

  /** What time does to an open hold. */
  expire(id: string): void {
    const hold = this.holds.get(id);
    if (hold !== undefined) this.giveBack(hold, 'expired');
  }

  quote(request: FakeQuote): FakeAnswer {
    const { wallet, kind } = this.payer(request);
    const sufficient = wallet.available >= request.amount;
    return { status: 200, data: { walletId: wallet.id, kind, available: wallet.available, sufficient } };
  }

  private giveBack(hold: FakeHold, state: 'released' | 'expired'): void {
    if (hold.state !== 'open') return;
    const wallet = this.walletOf(hold);
    wallet.held -= hold.amount;
    wallet.available += hold.amount;
    hold.state = state;
  }

  private payer({ tenantId, userId, roles, walletChoice, amount }: FakeQuote) {
    const user = { wallet: this.account(tenantId, userId), kind: 'user' as const };
    const team = { wallet: this.account(tenantId, null), kind: 'team' as const };
    if (walletChoice === 'team') return team;
    const mayUseTeam =
      walletChoice === null && roles.some((role) => role === 'organizer' || role === 'admin');
    return user.wallet.available < amount && mayUseTeam && team.wallet.available >= amount ? team : user;
  }

  private walletOf({ tenantId, kind, userId }: FakeHold): FakeAccount {
    return this.account(tenantId, kind === 'team' ? null : userId);
  }

  private tombstone(service: string, tenantId: string, id: string): FakeHold {
    const hold: FakeHold = {
      id, service, tenantId, state: 'released', walletId: null, kind: null, userId: null, operation: null,
      referenceId: null, amount: 0, walletChoice: null, deadline: null, captured: 0, uncollected: 0,
    }; // prettier-ignore
    this.holds.set(id, hold);
    return hold;
  }
}

function existing(hold: FakeHold, service: string, request: FakeReserve): FakeAnswer {
  if (hold.service !== service) return refusal(409, 'ERR_WALLET_IDEMPOTENCY_CONFLICT', { field: 'id' });
  if (hold.walletId !== null) {
    const field = COMPARED.find((name) => hold[name] !== request[name]);
    if (field !== undefined) return refusal(409, 'ERR_WALLET_IDEMPOTENCY_CONFLICT', { field });
  }
  if (hold.state === 'released') return refusal(409, 'ERR_WALLET_HOLD_RELEASED');
  if (hold.state === 'expired') return refusal(409, 'ERR_WALLET_HOLD_EXPIRED');
  return { status: 200, data: { ...hold } };
}

function refusal(status: number, code: string, details?: object): FakeAnswer {
  return { status, error: details === undefined ? { code } : { code, details } };
}
