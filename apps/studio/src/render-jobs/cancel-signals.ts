import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Connections } from '@eventzr/db';

export const RENDER_CANCEL_CHANNEL = 'render_job_cancel';

/** Tells running work, in whichever process, that its job was cancelled. The row decides; this only saves the rest. */
@Injectable()
export class CancelSignals implements OnModuleInit, OnModuleDestroy {
  private readonly controllers = new Map<string, AbortController>();
  private stopListening: (() => Promise<void>) | undefined;

  constructor(private readonly connections: Connections) {}

  async onModuleInit(): Promise<void> {
    this.stopListening = await this.connections.listen(RENDER_CANCEL_CHANNEL, (jobId) =>
      this.controllers.get(jobId)?.abort(new Error('The job was cancelled')),
    );
  }

  async onModuleDestroy(): Promise<void> {
    await this.stopListening?.();
  }

  of(jobId: string): AbortSignal {
    const controller = this.controllers.get(jobId) ?? new AbortController();
    this.controllers.set(jobId, controller);
    return controller.signal;
  }

  forget(jobId: string): void {
    this.controllers.delete(jobId);
  }
}
