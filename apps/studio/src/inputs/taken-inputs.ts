import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { CatalogueError } from '@eventzr/http';
import type { InputPointer } from './input-files.repository.js';
import { InputPurge } from './input-purge.js';

/** When the copies that a request took go: once it was refused, or in any case when it is over. */
export type Discard = 'when refused' | 'when over';

/** What the current request has taken in so far. A crash before it is over leaves the copies to the weekly purge. */
@Injectable()
export class TakenInputs {
  private readonly requests = new AsyncLocalStorage<InputPointer[]>();

  constructor(private readonly purge: InputPurge) {}

  /** Notes a copy, before its first trace is written; outside of a request, nobody waits for it. */
  note(pointer: InputPointer): void {
    this.requests.getStore()?.push(pointer);
  }

  /** Runs a request and discards its copies, so that nobody's picture is kept for nothing. */
  async during<T>(discard: Discard, work: () => Promise<T>): Promise<T> {
    const taken: InputPointer[] = [];
    try {
      const result = await this.requests.run(taken, work);
      if (discard === 'when over') await this.purge.unused(taken);
      return result;
    } catch (error) {
      // Any other fault may have come after a commit that nobody saw: then a job rests on them.
      if (discard === 'when over' || error instanceof CatalogueError) await this.purge.unused(taken);
      throw error;
    }
  }
}
