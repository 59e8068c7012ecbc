import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { NewEvent } from '@eventzr/events';
import { Outbox } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import { LlmOrchDb } from '../llm-orch.db.js';
import { InferencesRepository } from './inferences.repository.js';
import type { UsageRecord } from './usage-record.js';
import { usageEvent } from './usage-record.js';

/** How long a record may wait for others. */
const FLUSH_EVERY_MS = 200;
const RECORDS_PER_BATCH = 100;
/** Beyond this, callers wait for the database: records are never dropped. */
const MOST_WAITING = 5_000;
const RETRY_MS = 1_000;

/**
 * Writes usage down in batches, apart from the calls that were made: a full report is a moment late, and never in a
 * caller's way. Money does not depend on it: settlement and answer are committed before. Everything is written before
 * the process ends.
 */
@Injectable()
export class UsageLog implements BeforeApplicationShutdown {
  private waiting: UsageRecord[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: LlmOrchDb,
    private readonly inferences: InferencesRepository,
    private readonly outbox: Outbox,
    private readonly logger: AppLogger,
  ) {}

  /** Resolves at once, unless the database is far behind. */
  async add(record: UsageRecord): Promise<void> {
    this.waiting.push(record);
    if (this.waiting.length >= MOST_WAITING) return this.flush();
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_EVERY_MS);
    if (this.waiting.length === RECORDS_PER_BATCH) void this.flush();
  }

  /**
   * Writes what waits; resolves when that is done, or has failed and waits again.
   * @throws Error inside a transaction: records of other tenants, and a wait for a second connection, do not belong there
   */
  flush(): Promise<void> {
    if (this.db.inTransaction())
      return Promise.reject(new Error('Usage is written in transactions of its own'));
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.writeAll());
    return this.writing;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
    if (this.waiting.length > 0)
      this.logger.error({ records: this.waiting.length }, 'usage was not written before the end');
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, RECORDS_PER_BATCH);
      const failed: UsageRecord[] = [];
      for (const [tenantId, records] of Map.groupBy(batch, (record) => record.tenantId)) {
        if (!(await this.write(tenantId, records))) failed.push(...records);
      }
      if (failed.length === 0) continue;
      this.waiting.unshift(...failed);
      this.timer ??= setTimeout(() => void this.flush(), RETRY_MS);
      return;
    }
  }

  private async write(tenantId: string, records: readonly UsageRecord[]): Promise<boolean> {
    try {
      await this.db.withTenantSql(async (tx) => {
        await this.inferences.insert(records);
        await this.outbox.appendAll(tx, records.map(usageToTell));
      }, tenantId);
      return true;
    } catch (error) {
      this.logger.warn({ err: error, records: records.length }, 'usage is written later');
      return false;
    }
  }
}

function usageToTell(record: UsageRecord): NewEvent {
  const { id, tenantId } = record;
  return { type: 'eventzr.llm.usage.v1', aggregateId: id, tenantId, data: usageEvent(record) };
}
