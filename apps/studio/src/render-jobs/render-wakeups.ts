import { EventEmitter, once } from 'node:events';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Connections } from '@eventzr/db';
import { RENDER_EVENTS_CHANNEL } from './render-events.repository.js';

/** Wakes whoever waits for a job, in every process: the database tells all of them. */
@Injectable()
export class RenderWakeups implements OnModuleInit, OnModuleDestroy {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly connections: Connections) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.connections.listen(RENDER_EVENTS_CHANNEL, (jobId) =>
      this.emitter.emit(jobId),
    );
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
