import type { Clock } from '@eventzr/config';
import type { AppLogger } from '@eventzr/http';
import { MailTransport, type Mail } from '../mail-transport.js';

const KEPT = 100;

export interface KeptMail extends Mail {
  readonly sentAt: Date;
}

/** Keeps the last mails in this process, for whoever develops against it. Of the embedded mode alone. */
export class OutboxMailTransport extends MailTransport {
  private readonly kept: KeptMail[] = [];

  constructor(
    private readonly logger: AppLogger,
    private readonly clock: Clock,
  ) {
    super();
  }

  async deliver(mail: Mail): Promise<void> {
    this.kept.unshift({ ...mail, sentAt: this.clock.now() });
    this.kept.length = Math.min(this.kept.length, KEPT);
    this.logger.info({ mailId: mail.id, subject: mail.subject }, 'A mail lies in /auth/v1/dev/outbox');
  }

  /** The newest first. */
  list(to?: string): readonly KeptMail[] {
    return to === undefined ? this.kept : this.kept.filter((mail) => mail.to === to.toLowerCase());
  }
}
