import type { Logger } from '@eventzr/config';
import { Cron } from 'croner';

/** The cron calls of the platform, as EventBridge or a crontab would make them. */
const SCHEDULE: readonly { readonly path: string; readonly pattern: string }[] = [
  { path: '/subscriptions/v1/jobs/process-renewals', pattern: '*/5 * * * *' },
  { path: '/vault/v1/jobs/cleanup-expired', pattern: '*/15 * * * *' },
  { path: '/wallet/v1/jobs/expire-holds', pattern: '* * * * *' },
  { path: '/wallet/v1/jobs/expire-grants', pattern: '*/10 * * * *' },
  { path: '/wallet/v1/jobs/reconcile', pattern: '7 * * * *' },
  { path: '/auth/v1/jobs/rotate-keys', pattern: '12 3 * * *' },
  { path: '/auth/v1/jobs/purge-sessions', pattern: '22 * * * *' },
  { path: '/studio/v1/jobs/sweep-stuck', pattern: '* * * * *' },
  { path: '/studio/v1/jobs/purge-expired', pattern: '32 * * * *' },
];

const DEADLINE_MS = 60_000;

/** Calls the documented job endpoints over HTTP on their schedule; none overlaps itself. */
export class Scheduler {
  private readonly crons: Cron[];

  constructor(baseUrl: string, internalApiKey: string, logger: Logger) {
    this.crons = SCHEDULE.map(
      ({ path, pattern }) =>
        new Cron(pattern, { protect: true }, () => call(baseUrl + path, internalApiKey, logger)),
    );
  }

  stop(): void {
    for (const cron of this.crons) cron.stop();
  }
}

async function call(url: string, internalApiKey: string, logger: Logger): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-internal-api-key': internalApiKey, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!response.ok) logger.warn({ url, status: response.status }, 'a scheduled job was refused');
    await response.body?.cancel();
  } catch (error) {
    logger.warn({ url, err: error }, 'a scheduled job could not be called');
  }
}
