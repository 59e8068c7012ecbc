import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { Prisma } from '../generated/prisma/client.js';
import type { WalletTx } from '../wallet.db.js';

export type TeamPolicyRow = Prisma.TeamPolicyGetPayload<object>;

export interface TeamPolicyChange {
  readonly tenantId: string;
  readonly roles: string[];
  readonly dailyCapCredits: number | null;
  readonly updatedBy: string;
}

@Injectable()
export class PoliciesRepository {
  constructor(private readonly clock: Clock) {}

  find(tx: WalletTx): Promise<TeamPolicyRow | null> {
    return tx.teamPolicy.findFirst();
  }

  put(tx: WalletTx, { tenantId, ...policy }: TeamPolicyChange): Promise<TeamPolicyRow> {
    const data = { ...policy, updatedAt: this.clock.now() };
    return tx.teamPolicy.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data });
  }
}
