import { Injectable } from '@nestjs/common';
import type { Prisma } from '../generated/prisma/client.js';
import type { VoiceModelModel } from '../generated/prisma/models.js';
import type { StudioTx } from '../studio.db.js';

export type VoiceModel = VoiceModelModel;

/** The only file that touches `voice_models`. */
@Injectable()
export class VoiceModelsRepository {
  async insert(tx: StudioTx, row: Prisma.VoiceModelUncheckedCreateInput): Promise<VoiceModel> {
    return tx.voiceModel.create({ data: row });
  }

  async find(tx: StudioTx, id: string): Promise<VoiceModel | null> {
    return tx.voiceModel.findFirst({ where: { id } });
  }

  async list(
    tx: StudioTx,
    { userId, before, limit }: { userId?: string; before?: string; limit: number },
  ): Promise<VoiceModel[]> {
    return tx.voiceModel.findMany({
      where: { userId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    });
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

  async remove(tx: StudioTx, id: string): Promise<boolean> {
    return (await tx.voiceModel.deleteMany({ where: { id } })).count === 1;
  }
}
