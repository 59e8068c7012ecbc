import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport, JobTally } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { InputPurge } from '../inputs/input-purge.js';
import { AssetPurge } from './asset-purge.js';
import type { AssetPointer } from './assets.repository.js';
import { AssetsRepository } from './assets.repository.js';

const BATCH = 500;

/** Removes files that were deleted or whose retention is over. */
@Injectable()
export class ExpiredAssetsSweep extends Sweep {
  readonly name = 'purge-expired';
  readonly everyMs = 15 * 60_000;

  constructor(
    private readonly assets: AssetsRepository,
    private readonly purge: AssetPurge,
    private readonly inputs: InputPurge,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const due = await this.assets.findPurgeable(this.clock.now(), BATCH + 1);
      for (const pointer of due.slice(0, BATCH)) await this.look(pointer, tally);
      tally.remaining(Math.max(0, due.length - BATCH));
      await this.inputs.expired(tally);
      await this.purge.interruptedWrites();
    });
  }

  private async look(pointer: AssetPointer, tally: JobTally): Promise<void> {
    try {
      if (await this.purge.one(pointer)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, assetId: pointer.id }, 'an asset could not be purged');
      tally.failed();
    }
  }
}
