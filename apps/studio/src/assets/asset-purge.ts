import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { ByteStore } from '@eventzr/storage';
import { StudioDb } from '../studio.db.js';
import type { Asset, AssetPointer } from './assets.repository.js';
import { AssetsRepository } from './assets.repository.js';

/** No write takes longer: what is older was interrupted. */
const INTERRUPTED_AFTER_MS = 24 * 3_600_000;

/** Removes assets for good. */
@Injectable()
export class AssetPurge {
  constructor(
    private readonly db: StudioDb,
    private readonly assets: AssetsRepository,
    private readonly store: ByteStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Hidden first, so that nobody is shown a file without bytes; then the bytes; the row last, so that a crash in
   * between leaves a trace to go on from. False: another run was faster.
   */
  async one({ tenantId, id }: AssetPointer): Promise<boolean> {
    const asset = await this.hidden(tenantId, id);
    if (asset === null) return false;
    await this.store.remove(asset.storageKey);
    if (asset.thumbnailKey !== null) await this.store.remove(asset.thumbnailKey);
    return this.db.withTenant((tx) => this.assets.forget(tx, id), tenantId);
  }

  async interruptedWrites(): Promise<void> {
    await this.store.sweepIncomplete(new Date(this.clock.now().getTime() - INTERRUPTED_AFTER_MS));
  }

  private async hidden(tenantId: string, id: string): Promise<Asset | null> {
    return this.db.withTenant(async (tx) => {
      await this.assets.remove(tx, id, this.clock.now());
      return this.assets.findRemoved(tx, id);
    }, tenantId);
  }
}
