import { Injectable } from '@nestjs/common';
import { JobPool } from '@eventzr/db';
import type { StudioTx } from '../studio.db.js';

export interface ReceivedCallback {
  readonly tenantId: string;
  readonly provider: string;
  readonly digest: string;
  readonly jobId: string;
  readonly receivedAt: Date;
}

/** The only file that touches `vendor_callbacks`: what vendors sent, so that a repetition has no effect. */
@Injectable()
export class CallbacksRepository {
  constructor(private readonly finder: JobPool) {}

  /** False: it came before. */
  async note(tx: StudioTx, callback: ReceivedCallback): Promise<boolean> {
    const { count } = await tx.vendorCallback.createMany({ data: [callback], skipDuplicates: true });
    return count === 1;
  }

  /** Tenants that have callbacks from before `before`. */
  async tenantsWithOld(before: Date): Promise<string[]> {
    const rows = await this.finder.query<{ tenantId: string }>(
      'SELECT DISTINCT tenant_id AS "tenantId" FROM vendor_callbacks WHERE received_at < $1 LIMIT 1000',
      [before],
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  async forget(tx: StudioTx, before: Date): Promise<number> {
    const { count } = await tx.vendorCallback.deleteMany({ where: { receivedAt: { lt: before } } });
    return count;
  }
}
