import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { Prisma } from '../generated/prisma/client.js';
import type { VoiceModelModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type VoiceModel = VoiceModelModel;

/** Where a voice stands for a look: a tenant and an id, found by the job role. */
export interface VoicePointer {
  readonly tenantId: string;
  readonly id: string;
}

/** Deleted by its owner; its row stays until the vendor was asked once more. */
export const REMOVED = 'removed';

/** The only file that touches `voice_models`. Every change of state is a compare-and-set that tells whether it won. */
@Injectable()
export class VoiceModelsRepository {
  constructor(private readonly finder: JobPool) {}

  async insert(tx: StudioTx, row: Prisma.VoiceModelUncheckedCreateInput): Promise<VoiceModel> {
    return tx.voiceModel.create({ data: row });
  }

  /** As its owner sees it: null when it was removed. */
  async find(tx: StudioTx, id: string): Promise<VoiceModel | null> {
    return tx.voiceModel.findFirst({ where: { id, state: { not: REMOVED } } });
  }

  /** Removed ones too. */
  async findAny(tx: StudioTx, id: string): Promise<VoiceModel | null> {
    return tx.voiceModel.findFirst({ where: { id } });
  }

  async findByVendorId(tx: StudioTx, vendorVoiceId: string): Promise<VoiceModel | null> {
    return tx.voiceModel.findFirst({ where: { vendorVoiceId, state: 'ready' } });
  }

  async list(
    tx: StudioTx,
    { userId, before, limit }: { userId?: string; before?: string; limit: number },
  ): Promise<VoiceModel[]> {
    const older = before === undefined ? {} : { id: { lt: before } };
    return tx.voiceModel.findMany({
      where: { userId, state: { not: REMOVED }, ...older },
      orderBy: { id: 'desc' },
      take: limit,
    });
  }

  /** Voices that somebody should look after, of all tenants. */
  async findDue(now: Date, limit: number): Promise<VoicePointer[]> {
    return this.finder.query<VoicePointer>(
      `SELECT tenant_id AS "tenantId", id FROM voice_models WHERE look_at <= $1 ORDER BY look_at LIMIT $2`,
      [now, limit],
    );
  }

  /** Writes `change` while the model is in `from`; false: it was not. */
  async change(
    tx: StudioTx,
    id: string,
    from: string,
    change: Prisma.VoiceModelUncheckedUpdateManyInput,
  ): Promise<boolean> {
    return (await tx.voiceModel.updateMany({ where: { id, state: from }, data: change })).count === 1;
  }

  /** Forgets the model while it is in `state`; false: it was not. */
  async forget(tx: StudioTx, id: string, state: string): Promise<boolean> {
    return (await tx.voiceModel.deleteMany({ where: { id, state } })).count === 1;
  }
}
