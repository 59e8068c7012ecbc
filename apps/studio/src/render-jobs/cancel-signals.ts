import { EventEmitter } from 'node:events';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Connections } from '@eventzr/db';

export const RENDER_CANCEL_CHANNEL = 'render_job_cancel';

/** One run's ear for the cancellation of its job. */
export interface CancelWatch {
  readonly signal: AbortSignal;
  stop(): void;
}

/** Tells running work, in whichever process, that its job was cancelled. The row decides; this only saves the rest. */
@Injectable()
export class CancelSignals implements OnModuleInit, OnModuleDestroy {
  private readonly emitter = new EventEmitter().setMaxListeners(0);
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly connections: Connections) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.connections.listen(RENDER_CANCEL_CHANNEL, (jobId) =>
      this.emitter.emit(jobId),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.stopListening?.();
  }

  /** Watch before the job is claimed, so that no cancellation falls in between; stop when the run is over. */
  watch(jobId: string): CancelWatch {
    const controller = new AbortController();
    const cancel = () => controller.abort(new Error('The job was cancelled'));
    this.emitter.once(jobId, cancel);
    return { signal: controller.signal, stop: () => void this.emitter.off(jobId, cancel) };
  }
}
