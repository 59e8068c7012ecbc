import { Inject, Injectable } from '@nestjs/common';
import { ServiceClient } from '@eventzr/service-client';

export type WalletChoice = 'user' | 'team';
export type HoldState = 'open' | 'captured' | 'released' | 'expired';

/** What the wallet is asked to set aside. The same id with the same fields is answered the same way again. */
export interface HoldRequest {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly roles: readonly string[];
  readonly walletChoice: WalletChoice | null;
  readonly operation: string;
  readonly referenceId: string;
  readonly amount: number;
  readonly deadline: string;
}

/** A hold, as the wallet tells it; a tombstone has no wallet. */
export interface Hold {
  readonly id: string;
  readonly state: HoldState;
  readonly walletId: string | null;
  readonly amount: number;
  readonly captured: number;
  readonly uncollected: number;
}

/** A hold and who made it for whom. */
export interface OwnedHold extends Hold {
  readonly service: string;
  readonly userId: string | null;
}

export interface QuoteRequest {
  readonly tenantId: string;
  readonly userId: string;
  readonly roles: readonly string[];
  readonly walletChoice: WalletChoice | null;
  readonly amount: number;
}

export interface WalletQuote {
  readonly walletId: string;
  readonly kind: WalletChoice;
  readonly available: number;
  readonly sufficient: boolean;
}

const PREFIX = '/wallet/v1/internal';

/** Callers wait for a reserve; a wallet slower than this counts as down. */
const RESERVE_TIMEOUT_MS = 4_000;
const SETTLE_TIMEOUT_MS = 10_000;

/** The wallet's private routes. All of them may be repeated: a hold's id says which hold is meant. */
@Injectable()
export class WalletApi {
  constructor(@Inject(ServiceClient) private readonly services: ServiceClient) {}

  reserve(body: HoldRequest): Promise<Hold> {
    return this.post<Hold>('/holds', body, RESERVE_TIMEOUT_MS);
  }

  capture(tenantId: string, holdId: string, amount: number): Promise<Hold> {
    return this.post<Hold>(`/holds/${holdId}/capture`, { tenantId, amount }, SETTLE_TIMEOUT_MS);
  }

  release(tenantId: string, holdId: string): Promise<Hold> {
    return this.post<Hold>(`/holds/${holdId}/release`, { tenantId }, SETTLE_TIMEOUT_MS);
  }

  quote(body: QuoteRequest): Promise<WalletQuote> {
    return this.post<WalletQuote>('/quotes', body, RESERVE_TIMEOUT_MS);
  }

  /** A hold with its owner; a 404 when there is none. */
  find(tenantId: string, holdId: string): Promise<OwnedHold> {
    const path = `${PREFIX}/holds/${holdId}?tenantId=${tenantId}`;
    return this.services.call<OwnedHold>({
      service: 'wallet',
      method: 'GET',
      path,
      timeoutMs: RESERVE_TIMEOUT_MS,
      idempotent: true,
    });
  }

  private post<T>(path: string, body: object, timeoutMs: number): Promise<T> {
    return this.services.call<T>({
      service: 'wallet',
      method: 'POST',
      path: PREFIX + path,
      body,
      timeoutMs,
      idempotent: true,
    });
  }
}
