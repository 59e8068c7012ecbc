import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { ProviderHealth } from '../catalogue/provider-health.js';
import { TextProviders } from '../providers/text-providers.js';

/** Asks every configured vendor whether it can be reached and which of our models it still offers. */
@Injectable()
export class RefreshProviders extends Sweep {
  readonly name = 'refresh-providers';
  readonly everyMs = 900_000;

  constructor(
    private readonly providers: TextProviders,
    private readonly health: ProviderHealth,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      for (const provider of this.providers.all()) {
        if (!provider.configured()) continue;
        const found = await provider.probe(AbortSignal.timeout(10_000)).catch((error: unknown) => {
          this.logger.warn({ err: error, provider: provider.name }, 'a provider cannot be reached');
          return undefined;
        });
        await this.health.note(provider.name, found);
        if (found === undefined) tally.failed();
        else tally.succeeded();
      }
    });
  }
}
