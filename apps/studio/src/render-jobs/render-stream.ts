import { EventEmitter, once } from 'node:events';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Connections } from '@eventzr/db';
import type { StreamEvent } from '@eventzr/http';
import { currentContext, currentPrincipal, HttpErrors, streamed } from '@eventzr/http';
import { StudioDb } from '../studio.db.js';
import type { RenderEvent } from './render-events.repository.js';
import { RENDER_EVENTS_CHANNEL, RenderEventsRepository } from './render-events.repository.js';
import { hasEnded } from './render-job.js';
import { RenderJobsService } from './render-jobs.service.js';

/** A lost notification costs this much, never the event. */
const LOOK_AGAIN_MS = 5_000;

/** Wakes whoever waits for a job, in every process: the database tells all of them. */
@Injectable()
export class RenderWakeups implements OnModuleInit, OnModuleDestroy {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly connections: Connections) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.connections.listen(RENDER_EVENTS_CHANNEL, (jobId) => this.emitter.emit(jobId));
  }

  async onModuleDestroy(): Promise<void> {
    await this.stopListening?.();
  }

  /** Ends at the next sign of life of `jobId`, after `ms` at the latest, or when `signal` aborts. */
  async next(jobId: string, ms: number, signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    await once(this.emitter, jobId, { signal: stop }).catch(() => undefined);
  }
}

/** A job's progress: what happened so far, then what happens, until the job ends. */
@Injectable()
export class RenderStream {
  constructor(
    private readonly db: StudioDb,
    private readonly jobs: RenderJobsService,
    private readonly events: RenderEventsRepository,
    private readonly wakeups: RenderWakeups,
  ) {}

  /** Replays everything after `lastEventId` (0 or absent: all of it). */
  async open(id: string, lastEventId: string | undefined) {
    await this.db.withTenant((tx) => this.jobs.visible(tx, id));
    const after = sequenceOf(lastEventId);
    const signal = currentContext()?.signal ?? new AbortController().signal;
    return streamed(this.follow(id, currentPrincipal().tenantId, after, signal));
  }

  private async *follow(id: string, tenantId: string, after: number, signal: AbortSignal): AsyncGenerator<StreamEvent> {
    let sequence = after;
    while (!signal.aborted) {
      const step = new AbortController();
      // Listening begins before the look, so that nothing falls between the two.
      const woken = this.wakeups.next(id, LOOK_AGAIN_MS, AbortSignal.any([signal, step.signal]));
      const fresh = await this.db.withTenant((tx) => this.events.listAfter(tx, id, sequence), tenantId);
      for (const event of fresh) {
        sequence = event.sequence;
        yield asStreamEvent(event);
      }
      if (hasEnded(fresh.at(-1)?.type ?? '') || (fresh.length === 0 && (await this.isOver(id, tenantId)))) {
        step.abort();
        return;
      }
      if (fresh.length > 0) step.abort();
      await woken;
    }
  }

  private async isOver(id: string, tenantId: string): Promise<boolean> {
    const job = await this.db.withTenant((tx) => this.jobs.visible(tx, id), tenantId);
    return hasEnded(job.status);
  }
}

function asStreamEvent({ sequence, type, data }: RenderEvent): StreamEvent {
  return { id: String(sequence), event: type, data };
}

function sequenceOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return 0;
  const sequence = Number(lastEventId);
  if (Number.isSafeInteger(sequence) && sequence >= 0) return sequence;
  throw HttpErrors.VALIDATION_FAILED([
    { field: 'last-event-id', rule: 'sequence', message: 'Last-Event-ID must be the id of an earlier event' },
  ]);
}
