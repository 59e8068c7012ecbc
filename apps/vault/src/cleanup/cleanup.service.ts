import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { reportOf, type JobReport, type JobTally } from '@eventzr/jobs';
import { ByteStore } from '@eventzr/storage';
import { AssetRemoval } from './asset-removal.js';
import { CleanupRepository, type Expired } from './cleanup.repository.js';

const BATCH = 200;
/** Files of writes that were interrupted so long ago belong to nobody. */
const INCOMPLETE_AFTER_MS = 24 * 60 * 60 * 1000;

/** Removes what is past its time: uploads that never ended, and trash. */
@Injectable()
export class CleanupService {
  constructor(
    private readonly expired: CleanupRepository,
    private readonly removal: AssetRemoval,
    private readonly store: ByteStore,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  cleanupExpired(): Promise<JobReport> {
    return reportOf('cleanup-expired', this.clock, async (tally) => {
      const now = this.clock.now();
      let found: Expired[] = [];
      do {
        found = await this.expired.findExpired(now, found.at(-1), BATCH);
        for (const one of found) await this.removeOne(one, tally);
      } while (found.length === BATCH);
      tally.succeeded(await this.store.sweepIncomplete(new Date(now.getTime() - INCOMPLETE_AFTER_MS)));
      tally.remaining(await this.expired.countExpired(now));
    });
  }

  private async removeOne(one: Expired, tally: JobTally): Promise<void> {
    try {
      if (await this.removal.remove(one)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, ...one }, 'asset could not be removed');
      tally.failed();
    }
  }
}
