import type { AppLogger } from '@eventzr/http';
import { MailTransport, type Mail } from './mail-transport.js';

/** An installation without a mail server: the log says that a mail was due, and neither to whom nor what it said. */
export class LogMailTransport extends MailTransport {
  constructor(private readonly logger: AppLogger) {
    super();
  }

  async deliver({ id, subject }: Mail): Promise<void> {
    this.logger.warn({ mailId: id, subject }, 'A mail was not sent: SMTP_URL is not set');
  }
}
