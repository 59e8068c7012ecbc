import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { JobReport } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { ByteStore } from '@eventzr/storage';
import { StudioDb } from '../studio.db.js';
import { AssetsRepository } from './assets.repository.js';

const BATCH = 500;

/** Removes files whose time is over: first the row, so that nobody is shown a file without bytes. */
@Injectable()
export class ExpiredAssetsSweep extends Sweep {
  readonly name = 'purge-expired';
  readonly everyMs = 15 * 60_000;

  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsRepository,
    private readonly store: ByteStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const expired = await this.assets.findExpired(this.clock.now(), BATCH);
      for (const { tenantId, id } of expired) {
        if (await this.purge(tenantId, id)) tally.succeeded();
        else tally.skipped();
      }
      if (expired.length === BATCH) tally.remaining((await this.assets.findExpired(this.clock.now(), BATCH)).length);
    });
  }

  private async purge(tenantId: string, id: string): Promise<boolean> {
    const asset = await this.db.withTenant(async (tx) => {
      const found = await this.assets.find(tx, id);
      return found !== null && (await this.assets.remove(tx, id, this.clock.now())) ? found : null;
    }, tenantId);
    if (asset === null) return false;
    await this.store.remove(asset.storageKey);
    return true;
  }
}
