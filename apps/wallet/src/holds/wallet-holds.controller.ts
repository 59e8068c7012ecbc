import { Controller, Get, Query } from '@nestjs/common';
import { Authenticated, CurrentUser } from '@eventzr/auth';
import { decodeCursor, Group, paged, type Paged, type Principal, Route, UuidParam } from '@eventzr/http';
import { pageOf, Position } from '../transactions/position.js';
import { WalletDb } from '../wallet.db.js';
import { WalletErrors } from '../wallet.errors.js';
import { WalletAccess } from '../wallets/wallet-access.js';
import { HoldsQuery, HoldView } from './holds.dto.js';
import { WalletHoldsRepository, type HoldRow } from './wallet-holds.repository.js';

@Group('Holds', 'Credits that are set aside for operations under way.')
@Controller('wallets')
export class WalletHoldsController {
  constructor(
    private readonly db: WalletDb,
    private readonly access: WalletAccess,
    private readonly holds: WalletHoldsRepository,
  ) {}

  @Get(':id/holds')
  @Authenticated()
  @Route({ summary: "A wallet's holds, latest first", answer: [HoldView], errors: [WalletErrors.NOT_FOUND] })
  async list(
    @CurrentUser() principal: Principal,
    @UuidParam('id') id: string,
    @Query() { limit, cursor, state }: HoldsQuery,
  ): Promise<Paged<HoldView>> {
    const after = decodeCursor(cursor, Position);
    const rows = await this.db.withTenant(async (tx) => {
      await this.access.get(tx, principal, id);
      return this.holds.page(tx, { walletId: id, state, after }, limit + 1);
    });
    const { items, nextCursor } = pageOf(rows, limit);
    return paged(items.map(holdView), { nextCursor, limit });
  }
}

function holdView(row: HoldRow): HoldView {
  return {
    id: row.id,
    state: row.state as HoldView['state'],
    operation: row.operation ?? '',
    referenceId: row.referenceId ?? '',
    userId: row.userId ?? '',
    amount: Number(row.amount),
    captured: Number(row.capturedAmount),
    uncollected: Number(row.uncollectedAmount),
    expiresAt: (row.expiresAt ?? row.createdAt).toISOString(),
    createdAt: row.createdAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}
