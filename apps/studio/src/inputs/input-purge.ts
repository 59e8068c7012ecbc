import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobTally } from '@eventzr/jobs';
import { ByteStore } from '@eventzr/storage';
import { StudioDb } from '../studio.db.js';
import { inputKey, manifestsKey } from './input-file.js';
import type { InputPointer } from './input-files.repository.js';
import { InputFilesRepository } from './input-files.repository.js';

const BATCH = 500;

/** Removes inputs: the bytes first, so that a crash in between leaves the row to go on from. */
@Injectable()
export class InputPurge {
  constructor(
    private readonly db: StudioDb,
    private readonly inputs: InputFilesRepository,
    private readonly store: ByteStore,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** Of a request that came to nothing, or has made use of them; what cannot be removed now goes when its week is over. */
  async unused(pointers: readonly InputPointer[]): Promise<void> {
    for (const pointer of pointers) {
      try {
        await this.remove(pointer);
      } catch (error) {
        this.logger.warn({ err: error, inputId: pointer.id }, 'an unused input could not be removed');
      }
    }
  }

  /** Whose week is over. */
  async expired(tally: JobTally): Promise<void> {
    for (const pointer of await this.inputs.findExpired(this.clock.now(), BATCH))
      await this.one(pointer, tally);
  }

  private async one(pointer: InputPointer, tally: JobTally): Promise<void> {
    try {
      if (await this.remove(pointer)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, inputId: pointer.id }, 'an input could not be purged');
      tally.failed();
    }
  }

  /** False: it was gone already. */
  private async remove({ tenantId, id }: InputPointer): Promise<boolean> {
    await this.store.remove(inputKey(tenantId, id));
    await this.store.remove(manifestsKey(tenantId, id));
    return this.db.withTenant((tx) => this.inputs.forget(tx, id), tenantId);
  }
}
