import { EventEmitter, once } from 'node:events';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Connections } from '@eventzr/db';
import { RENDER_EVENTS_CHANNEL, wakeupIn } from './render-events.repository.js';
import { hasEnded } from './render-job.js';

/** Wakes whoever waits for a job, in every process: the database tells all of them. */
@Injectable()
export class RenderWakeups implements OnModuleInit, OnModuleDestroy {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly connections: Connections) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.connections.listen(RENDER_EVENTS_CHANNEL, (payload) => {
      const { jobId, type } = wakeupIn(payload);
      this.emitter.emit(jobId);
      if (hasEnded(type)) this.emitter.emit(endOf(jobId));
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.stopListening?.();
  }

  /** Ends at the next sign of life of `jobId`, after `ms` at the latest, or when `signal` aborts. */
  next(jobId: string, ms: number, signal: AbortSignal): Promise<void> {
    return this.heard(jobId, ms, signal);
  }

  /** As `next`, for the job's end alone: whoever wants nothing else need not look at each step. */
  end(jobId: string, ms: number, signal: AbortSignal): Promise<void> {
    return this.heard(endOf(jobId), ms, signal);
  }

  private async heard(name: string, ms: number, signal: AbortSignal): Promise<void> {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
    await once(this.emitter, name, { signal: stop }).catch(() => undefined);
  }
}

function endOf(jobId: string): string {
  return `end of ${jobId}`;
}
