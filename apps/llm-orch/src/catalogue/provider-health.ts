import { Injectable } from '@nestjs/common';
import { CacheStore } from '@eventzr/cache';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';

const KEPT_MS = 3_600_000;
const PREFIX = 'llm-orch:health:';

/** What the last look at a provider found. */
export interface ProviderLook {
  readonly reachable: boolean;
  readonly checkedAt: string;
  /** Models of ours that the vendor does not offer (any more). */
  readonly missingModels: readonly string[];
}

/** Keeps what the last look at each provider found, for every process. */
@Injectable()
export class ProviderHealth {
  constructor(
    private readonly cache: CacheStore,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** @param missingModels undefined: it could not be reached */
  async note(provider: string, missingModels: readonly string[] | undefined): Promise<void> {
    const look: ProviderLook = {
      reachable: missingModels !== undefined,
      checkedAt: this.clock.now().toISOString(),
      missingModels: missingModels ?? [],
    };
    await this.cache
      .set(PREFIX + provider, JSON.stringify(look), KEPT_MS)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the health of a provider was not kept'));
  }

  /** Undefined: nobody looked lately. */
  async last(provider: string): Promise<ProviderLook | undefined> {
    const text = await this.cache.get(PREFIX + provider).catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as ProviderLook);
  }
}
