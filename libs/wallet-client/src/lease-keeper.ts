import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import { OperationStore, type CreditOperation } from './operation-store.js';

const RENEW_EVERY_MS = 20_000;

/** Keeps the sweep away from operations that still run in this process. */
@Injectable()
export class LeaseKeeper implements OnApplicationShutdown {
  private readonly running = new Map<string, CreditOperation>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(OperationStore) private readonly store: OperationStore,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AppLogger) private readonly logger: AppLogger,
  ) {}

  keep(operation: CreditOperation): void {
    this.running.set(operation.holdId, operation);
    this.timer ??= setInterval(() => void this.renewAll(), RENEW_EVERY_MS).unref();
  }

  forget(holdId: string): void {
    this.running.delete(holdId);
    if (this.running.size === 0) this.stop();
  }

  onApplicationShutdown(): void {
    this.running.clear();
    this.stop();
  }

  private async renewAll(): Promise<void> {
    for (const operation of this.running.values()) {
      // A handler that neither finished nor released by its deadline never will.
      if (operation.deadlineAt < this.clock.now()) this.forget(operation.holdId);
      else
        await this.store.renew(operation).catch((error: unknown) => {
          this.logger.warn(
            { err: error, operationId: operation.id },
            'An operation could not renew its lease',
          );
        });
    }
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
