import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { backoffMs } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import { JobHandler, type JobPayload } from '@eventzr/jobs';
import { MailRefused, MailTransport } from '../providers/mail-transport.js';
import { MailOrdersRepository, SEND_MAIL, type ClaimedOrder } from './mail-orders.repository.js';
import { MailWriter } from './mail-writer.js';

/** Shorter than the lease: an attempt is over before another may begin. */
const ATTEMPT_MS = 45_000;
/** An outage of the mail server may last this long; a mail that is older helps nobody any more. */
const GIVE_UP_MS = 3 * 24 * 3_600_000;

/** Sends one mail, at least once. What the server does not take now is tried again, ever more slowly. */
@Injectable()
export class SendMailJob extends JobHandler {
  readonly task = SEND_MAIL;

  constructor(
    private readonly orders: MailOrdersRepository,
    private readonly writer: MailWriter,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(payload: JobPayload, signal: AbortSignal): Promise<void> {
    const claimed = await this.orders.claim(payload);
    if (claimed === undefined) return;
    try {
      const mail = await this.writer.write(claimed.order);
      if (mail === undefined) return await this.orders.end(claimed, 'skipped', null);
      await this.transport.deliver(mail, AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]));
      await this.orders.end(claimed, 'sent', null);
    } catch (error) {
      await this.settle(claimed, error);
    }
  }

  private async settle(claimed: ClaimedOrder, error: unknown): Promise<void> {
    const { id, kind, attempts, createdAt } = claimed.order;
    const nowMs = this.clock.now().getTime();
    const hopeless = error instanceof MailRefused || nowMs - createdAt.getTime() >= GIVE_UP_MS;
    const reason = reasonOf(error);
    if (hopeless) {
      this.logger.error({ mailId: id, kind, attempts, reason, alarm: true }, 'A mail was given up');
      return this.orders.end(claimed, 'failed', reason);
    }
    this.logger.warn({ mailId: id, kind, attempts, reason }, 'A mail was not sent yet');
    await this.orders.postpone(claimed, new Date(nowMs + backoffMs(attempts)), reason);
  }
}

// Servers repeat addresses in their answers, and those belong neither in logs nor in rows that are kept.
function reasonOf(error: unknown): string {
  const { code, responseCode, name } = error as { code?: unknown; responseCode?: unknown; name?: unknown };
  return [name, code, responseCode]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
}
