import { Injectable } from '@nestjs/common';
import { hasRole, isRole } from '@eventzr/auth';
import { HttpErrors, type CatalogueError, type Role } from '@eventzr/http';
import { WalletErrors } from '../wallet.errors.js';
import { teamWalletId, userWalletId } from '../wallets/wallet-ids.js';
import type { QuoteBody, QuoteView, ReserveBody, ServiceHoldView } from './holds.dto.js';
import { HoldsRepository, type HoldAnswer } from './holds.repository.js';
import { ReserveBatcher } from './reserve-batcher.js';
import type { ReserveItem, ReserveOutcome } from './reserve-item.js';

/** A hold outlives its operation by this much, so that a slow settlement still finds it. */
export const HOLD_GRACE_MS = 3_600_000;

/** The last one whose year has four digits, in which Postgres writes and reads it. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const RANKED: readonly Role[] = ['user', 'organizer', 'admin'];

/** Holds, for the services that charge credits. */
@Injectable()
export class HoldsService {
  private readonly batcher: ReserveBatcher;

  constructor(private readonly holds: HoldsRepository) {
    this.batcher = new ReserveBatcher((tenantId, items) => holds.reserve(tenantId, items));
  }

  async reserve(service: string, body: ReserveBody): Promise<{ hold: ServiceHoldView; created: boolean }> {
    const item = itemOf(service, body);
    const outcome = await this.batcher.reserve(item);
    if (outcome.outcome === 'created' || outcome.outcome === 'existing')
      return { hold: viewOf(item, outcome), created: outcome.outcome === 'created' };
    throw refusal(item, outcome);
  }

  /** Charges `amount` of a hold; what it held beyond that is available again. */
  async capture(service: string, tenantId: string, id: string, amount: number): Promise<ServiceHoldView> {
    const answer = await this.holds.capture(tenantId, service, id, amount);
    if (answer.outcome === 'exceeds')
      throw WalletErrors.CAPTURE_EXCEEDS_HOLD({ held: answer.amount, requested: amount });
    return settled(answer);
  }

  async release(service: string, tenantId: string, id: string): Promise<ServiceHoldView> {
    return settled(await this.holds.release(tenantId, service, id));
  }

  async get(tenantId: string, id: string): Promise<ServiceHoldView> {
    const found = await this.holds.find(tenantId, id);
    if (found === null) throw WalletErrors.HOLD_NOT_FOUND();
    return serviceView(found);
  }

  quote({ tenantId, userId, roles, walletChoice, amount }: QuoteBody): Promise<QuoteView> {
    return this.holds.quote({ ...payerOf(tenantId, userId, roles), choice: walletChoice ?? null, amount });
  }
}

function payerOf(tenantId: string, userId: string, roles: readonly string[]) {
  return {
    tenantId: tenantId.toLowerCase(),
    userId: userId.toLowerCase(),
    userWallet: userWalletId(tenantId.toLowerCase(), userId.toLowerCase()),
    teamWallet: teamWalletId(tenantId.toLowerCase()),
    roles: reached(roles),
  };
}

/** The roles with those that they include: a policy for organizers admits administrators too. */
function reached(roles: readonly string[]): string[] {
  const held = roles.filter((role) => isRole(role));
  return [...new Set([...held, ...RANKED.filter((role) => held.length > 0 && hasRole(held, [role]))])];
}

function itemOf(service: string, body: ReserveBody): ReserveItem {
  const deadline = new Date(body.deadline);
  return {
    ...payerOf(body.tenantId, body.userId, body.roles),
    id: body.id.toLowerCase(),
    service,
    choice: body.walletChoice ?? null,
    operation: body.operation,
    referenceId: body.referenceId,
    amount: body.amount,
    deadline: deadline.toISOString(),
    expiresAt: new Date(Math.min(deadline.getTime() + HOLD_GRACE_MS, LAST_INSTANT)).toISOString(),
  };
}

function viewOf(item: ReserveItem, outcome: ReserveOutcome): ServiceHoldView {
  const { id, service, userId, operation, referenceId, amount, deadline, expiresAt } = item;
  const { state, walletId, kind, captured, uncollected, createdAt, resolvedAt } = outcome;
  return serviceView({
    id, service, state, walletId, kind, userId, operation, referenceId, amount, captured, uncollected, deadline,
    expiresAt, createdAt, resolvedAt,
  }); // prettier-ignore
}

function refusal(
  { amount }: ReserveItem,
  { outcome, field, available, walletId }: ReserveOutcome,
): CatalogueError {
  const missing = { required: amount, available, walletId };
  switch (outcome) {
    case 'conflict':
      return WalletErrors.IDEMPOTENCY_CONFLICT({ field });
    case 'released':
      return WalletErrors.HOLD_RELEASED();
    case 'expired':
      return WalletErrors.HOLD_EXPIRED();
    case 'frozen':
      return WalletErrors.FROZEN({ walletId });
    case 'denied':
      return WalletErrors.TEAM_NOT_ALLOWED({ walletId });
    case 'capped':
      return WalletErrors.CREDIT_LIMIT_EXCEEDED(missing);
    case 'insufficient':
      return WalletErrors.INSUFFICIENT_CREDITS(missing);
    default:
      return HttpErrors.INTERNAL();
  }
}

function settled(answer: HoldAnswer): ServiceHoldView {
  switch (answer.outcome) {
    case 'not_found':
      throw WalletErrors.HOLD_NOT_FOUND();
    case 'released':
      throw WalletErrors.HOLD_RELEASED();
    case 'captured':
      throw WalletErrors.HOLD_CAPTURED({ captured: answer.captured });
    case 'conflict':
      throw WalletErrors.IDEMPOTENCY_CONFLICT({ field: 'amount' });
    default:
      return serviceView(answer);
  }
}

function serviceView(hold: ServiceHoldView): ServiceHoldView {
  const {
    id,
    service,
    state,
    walletId,
    kind,
    userId,
    operation,
    referenceId,
    amount,
    captured,
    uncollected,
  } = hold;
  return {
    id, service, state, walletId, kind, userId, operation, referenceId, amount, captured, uncollected,
    deadline: iso(hold.deadline),
    expiresAt: iso(hold.expiresAt),
    createdAt: new Date(hold.createdAt).toISOString(),
    resolvedAt: iso(hold.resolvedAt),
  }; // prettier-ignore
}

// Postgres writes instants in its own zone and precision.
function iso(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
