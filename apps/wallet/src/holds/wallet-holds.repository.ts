import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import { Position, olderThan } from '../transactions/position.js';
import type { WalletTx } from '../wallet.db.js';
import type { HoldState } from './holds.dto.js';

export type HoldRow = Prisma.HoldGetPayload<object>;

export interface HoldFilter {
  readonly walletId: string;
  readonly state: HoldState | undefined;
  readonly after: Position | undefined;
}

/** The holds of a wallet, latest first. */
@Injectable()
export class WalletHoldsRepository {
  page(tx: WalletTx, { walletId, state, after }: HoldFilter, take: number): Promise<HoldRow[]> {
    return tx.hold.findMany({
      where: { walletId, ...(state === undefined ? {} : { state }), ...olderThan(after) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take,
    });
  }
}
