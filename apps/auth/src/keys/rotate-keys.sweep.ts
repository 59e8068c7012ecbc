import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { reportOf, Sweep, type JobReport } from '@eventzr/jobs';
import { AuthConfig } from '../config.js';
import { KEPT_AFTER_RETIREMENT_MS, KeyRing } from './key-ring.js';
import { KeysRepository } from './keys.repository.js';

const DAY_MS = 24 * 3_600_000;

/** Replaces the signing key when it has served its time, and forgets keys that no token can need. */
@Injectable()
export class RotateKeysSweep extends Sweep {
  readonly name = 'rotate-keys';
  readonly everyMs = DAY_MS / 24;

  constructor(
    private readonly ring: KeyRing,
    private readonly repository: KeysRepository,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      if (await this.ring.rotate(this.config.keyRotationDays * DAY_MS)) tally.succeeded();
      else tally.skipped();
      await this.repository.purge(new Date(this.clock.now().getTime() - KEPT_AFTER_RETIREMENT_MS));
    });
  }
}
