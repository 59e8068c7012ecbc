import { Injectable } from '@nestjs/common';
import type { StreamEvent } from '@eventzr/http';
import { currentContext, HttpErrors, streamed } from '@eventzr/http';
import { StudioDb } from '../studio.db.js';
import type { RenderEvent } from './render-events.repository.js';
import { RenderEventsRepository } from './render-events.repository.js';
import { hasEnded } from './render-job.js';
import type { RenderJob } from './render-job.js';
import { RenderJobsRepository } from './render-jobs.repository.js';
import { RenderJobsService } from './render-jobs.service.js';
import { RenderWakeups } from './render-wakeups.js';

/** A lost notification costs this much, never the event. */
const LOOK_AGAIN_MS = 5_000;
/** Event ids are small numbers; more digits would not fit the column. */
const EVENT_ID = /^\d{1,9}$/;

/** A job's progress: what happened so far, then what happens, until the job ends. */
@Injectable()
export class RenderStream {
  constructor(
    private readonly db: StudioDb,
    private readonly service: RenderJobsService,
    private readonly jobs: RenderJobsRepository,
    private readonly events: RenderEventsRepository,
    private readonly wakeups: RenderWakeups,
  ) {}

  /** Replays everything after `lastEventId` (0 or absent: all of it). */
  async open(id: string, lastEventId: string | undefined) {
    const job = await this.db.withTenant((tx) => this.service.visible(tx, id));
    const signal = currentContext()?.signal ?? new AbortController().signal;
    return streamed(this.follow(job, sequenceOf(lastEventId), signal));
  }

  private async *follow(job: RenderJob, after: number, gone: AbortSignal): AsyncGenerator<StreamEvent> {
    let sequence = after;
    while (!gone.aborted) {
      const looked = new AbortController();
      // Listening begins before the look, so that nothing falls between the two.
      const woken = this.wakeups.next(job.id, LOOK_AGAIN_MS, AbortSignal.any([gone, looked.signal]));
      const { fresh, over } = await this.look(job, sequence);
      if (over || fresh.length > 0) looked.abort();
      for (const event of fresh) {
        sequence = event.sequence;
        yield asStreamEvent(event);
      }
      if (over) return;
      await woken;
    }
  }

  /** State and events of one moment: an ended job has told everything. */
  private look({ id, tenantId }: RenderJob, after: number): Promise<{ fresh: RenderEvent[]; over: boolean }> {
    return this.db.withTenant(async (tx) => {
      const over = hasEnded((await this.jobs.find(tx, id))?.status ?? 'failed');
      return { fresh: await this.events.listAfter(tx, id, after), over };
    }, tenantId);
  }
}

function asStreamEvent({ sequence, type, data }: RenderEvent): StreamEvent {
  return { id: String(sequence), event: type, data };
}

function sequenceOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return 0;
  if (EVENT_ID.test(lastEventId)) return Number(lastEventId);
  throw HttpErrors.VALIDATION_FAILED([
    {
      field: 'last-event-id',
      rule: 'sequence',
      message: 'Last-Event-ID must be the id of an earlier event',
    },
  ]);
}
