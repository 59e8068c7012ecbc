import { LEDGER_DAY, LEDGER_START, type LedgerWallet } from './ledger.fake.js';

export interface ModelGrant {
  readonly id: string;
  readonly priority: number;
  readonly promotional: boolean;
  /** Milliseconds since the epoch; infinite for what stays. */
  readonly expiresAt: number;
  readonly createdAt: number;
  remaining: number;
}

interface ModelWallet {
  available: number;
  held: number;
  frozen: boolean;
  grants: ModelGrant[];
}

interface ModelHold {
  readonly amount: number;
  readonly user: string;
  readonly wallet: string;
  readonly choice: 'user' | 'team' | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  state: 'open' | 'captured' | 'released' | 'expired' | 'tombstone';
  charged: number;
  asked: number;
  refunded: number;
}

export interface ModelReserve {
  readonly id: string;
  readonly user: string;
  readonly amount: number;
  readonly choice: 'user' | 'team' | null;
  readonly role: string;
  readonly expiresAt: number;
}

const TEAM = 'team';

/** What a ledger should answer, in plain arithmetic over single steps: it knows nothing of SQL, locks or batches. */
export class LedgerModel {
  now = LEDGER_START;
  private readonly wallets = new Map<string, ModelWallet>();
  private readonly holds = new Map<string, ModelHold>();
  private policy: { roles: readonly string[]; cap: number } = {
    roles: ['organizer', 'admin'],
    cap: Infinity,
  };

  wallet(id: string): LedgerWallet {
    const { available, held, grants } = this.of(id);
    const left = grants.filter(({ remaining }) => remaining > 0).map((grant) => [grant.id, grant.remaining]);
    return { available, held, grants: Object.fromEntries(left) as Record<string, number> };
  }

  reserve(ask: ModelReserve): { outcome: string; wallet?: string } {
    const known = this.holds.get(ask.id);
    // The wallet is locked, and so brought up to date, before the id is looked up.
    const first = this.settle(ask.choice === 'team' ? TEAM : ask.user);
    if (known !== undefined) return { outcome: again(known, ask) };
    if (ask.expiresAt <= this.now) return { outcome: 'expired' };
    if (first.frozen) return { outcome: 'frozen' };
    if (ask.choice === 'team') return this.reserveFromTeam(ask, first);
    if (first.available >= ask.amount) return this.hold(ask, ask.user);
    if (ask.choice === 'user' || !this.admits(ask)) return { outcome: 'insufficient' };
    const team = this.settle(TEAM);
    if (team.frozen || team.available < ask.amount) return { outcome: 'insufficient' };
    return this.hold(ask, TEAM);
  }

  capture(id: string, amount: number): object {
    const hold = this.holds.get(id);
    if (hold === undefined) return { outcome: 'not_found' };
    if (hold.state === 'tombstone' || hold.state === 'released') return { outcome: 'released' };
    if (hold.state === 'captured') return { outcome: hold.asked === amount ? 'done' : 'conflict' };
    if (amount > hold.amount) return { outcome: 'exceeds' };
    const wallet = this.of(hold.wallet);
    if (hold.state === 'open') this.giveBack(hold);
    const charged = Math.min(amount, wallet.available);
    wallet.available -= charged;
    burn(wallet.grants, charged);
    Object.assign(hold, { state: 'captured', charged, asked: amount });
    return { outcome: 'done', captured: charged, uncollected: amount - charged };
  }

  release(id: string): string {
    const hold = this.holds.get(id);
    if (hold === undefined) this.holds.set(id, tombstone(this.now));
    else if (hold.state === 'captured') return 'captured';
    else if (hold.state === 'open') {
      this.giveBack(hold);
      hold.state = 'released';
    }
    return 'done';
  }

  expire(id: string): boolean {
    const hold = this.holds.get(id);
    if (hold?.state !== 'open' || hold.expiresAt > this.now) return false;
    this.giveBack(hold);
    hold.state = 'expired';
    return true;
  }

  comeIn(wallet: string, grant: ModelGrant): void {
    const { grants } = this.settle(wallet);
    grants.push(grant);
    this.of(wallet).available += grant.remaining;
  }

  /** `transfer` becomes the grant that gives the credits back. */
  refund(id: string, amount: number, transfer: string): string {
    const hold = this.holds.get(id);
    if (hold?.state !== 'captured') return 'not_found';
    const left = hold.charged - hold.refunded;
    if (left === 0) return 'already_refunded';
    if (amount > left) return 'exceeded';
    hold.refunded += amount;
    const wallet = this.of(hold.wallet);
    wallet.available += amount;
    wallet.grants.push({ id: transfer, priority: 100, promotional: false, expiresAt: Infinity, createdAt: this.now, remaining: amount }); // prettier-ignore
    return 'created';
  }

  /** Ends what is due of a wallet's grants. */
  settle(id: string): ModelWallet {
    const wallet = this.of(id);
    let spared = wallet.held;
    for (const grant of inOrder(wallet.grants)) {
      const kept = Math.min(spared, grant.remaining);
      spared -= kept;
      if (grant.expiresAt > this.now) continue;
      wallet.available -= grant.remaining - kept;
      grant.remaining = kept;
    }
    return wallet;
  }

  freeze(wallet: string, frozen: boolean): void {
    this.of(wallet).frozen = frozen;
  }

  setPolicy(roles: readonly string[], cap: number | null): void {
    this.policy = { roles, cap: cap ?? Infinity };
  }

  private reserveFromTeam(ask: ModelReserve, team: ModelWallet): { outcome: string; wallet?: string } {
    if (!this.policy.roles.includes(ask.role)) return { outcome: 'denied' };
    if (team.available < ask.amount) return { outcome: 'insufficient' };
    return this.admits(ask) ? this.hold(ask, TEAM) : { outcome: 'capped' };
  }

  private admits({ role, user, amount }: ModelReserve): boolean {
    const day = Math.floor(this.now / LEDGER_DAY) * LEDGER_DAY;
    const today = [...this.holds.values()].filter(
      (hold) => hold.wallet === TEAM && hold.user === user && hold.createdAt >= day,
    );
    const spent = today.reduce((sum, hold) => sum + (hold.state === 'open' ? hold.amount : hold.charged), 0);
    return this.policy.roles.includes(role) && spent + amount <= this.policy.cap;
  }

  private hold({ id, user, amount, choice, expiresAt }: ModelReserve, wallet: string) {
    const pays = this.of(wallet);
    pays.available -= amount;
    pays.held += amount;
    this.holds.set(id, { ...tombstone(this.now), state: 'open', amount, user, wallet, choice, expiresAt });
    return { outcome: 'created', wallet };
  }

  private giveBack({ wallet, amount }: ModelHold): void {
    this.of(wallet).held -= amount;
    this.of(wallet).available += amount;
  }

  private of(id: string): ModelWallet {
    const wallet = this.wallets.get(id) ?? { available: 0, held: 0, frozen: false, grants: [] };
    this.wallets.set(id, wallet);
    return wallet;
  }
}

function tombstone(createdAt: number): ModelHold {
  return { amount: 0, user: '', wallet: '', choice: null, createdAt, expiresAt: Infinity, state: 'tombstone', charged: 0, asked: 0, refunded: 0 }; // prettier-ignore
}

function again(known: ModelHold, { user, amount, choice }: ModelReserve): string {
  if (known.state === 'tombstone') return 'released';
  if (known.user !== user || known.amount !== amount || known.choice !== choice) return 'conflict';
  return known.state === 'open' || known.state === 'captured' ? 'existing' : known.state;
}

function inOrder(grants: readonly ModelGrant[]): ModelGrant[] {
  return [...grants].sort(
    (a, b) =>
      a.priority - b.priority ||
      Math.sign(a.expiresAt - b.expiresAt) ||
      Number(b.promotional) - Number(a.promotional) ||
      a.createdAt - b.createdAt ||
      (a.id < b.id ? -1 : 1),
  );
}

function burn(grants: readonly ModelGrant[], amount: number): void {
  let left = amount;
  for (const grant of inOrder(grants)) {
    const burned = Math.min(left, grant.remaining);
    grant.remaining -= burned;
    left -= burned;
  }
}
