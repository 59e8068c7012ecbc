import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import type { JobReport } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { StudioDb } from '../studio.db.js';
import { CallbacksRepository } from './callbacks.repository.js';

/** Longer than a callback's credential can live. */
const KEPT_MS = 7 * 86_400_000;

/** Forgets callbacks that could not come again. */
@Injectable()
export class OldCallbacksSweep extends Sweep {
  readonly name = 'old-callbacks';
  readonly everyMs = 3_600_000;

  constructor(
    private readonly db: StudioDb,
    private readonly callbacks: CallbacksRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = new Date(this.clock.now().getTime() - KEPT_MS);
      for (const tenantId of await this.callbacks.tenantsWithOld(before))
        tally.succeeded(await this.db.withTenant((tx) => this.callbacks.forget(tx, before), tenantId));
    });
  }
}
