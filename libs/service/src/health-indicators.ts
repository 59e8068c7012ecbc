import { Injectable } from '@nestjs/common';
import { CacheStore } from '@eventzr/cache';
import { Connections, probeDatabase } from '@eventzr/db';
import { HealthIndicator, HealthRegistry, type HealthState } from '@eventzr/http';

/** The service's own database: nothing works without it. */
@Injectable()
export class DatabaseHealth extends HealthIndicator {
  readonly name = 'database';

  constructor(
    private readonly connections: Connections,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(signal: AbortSignal): Promise<HealthState> {
    await probeDatabase(this.connections, signal);
    return { status: 'up', required: true };
  }
}

/** The cache may be away: limits are off meanwhile, nothing else changes. */
@Injectable()
export class CacheHealth extends HealthIndicator {
  readonly name = 'cache';

  constructor(
    private readonly cache: CacheStore,
    registry: HealthRegistry,
  ) {
    super();
    registry.add(this);
  }

  async check(): Promise<HealthState> {
    try {
      await this.cache.ping();
      return { status: 'up', required: false };
    } catch {
      return { status: 'degraded', detail: 'cannot be reached; limits are off', required: false };
    }
  }
}
