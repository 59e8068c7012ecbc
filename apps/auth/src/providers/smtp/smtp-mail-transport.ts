import { createTransport } from 'nodemailer';
import { MailRefused, MailTransport, type Mail } from '../mail-transport.js';

const CONNECT_MS = 10_000;
const IDLE_MS = 20_000;

export interface SmtpSettings {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** `required` sends nothing over a connection that did not become TLS. */
  readonly tls: 'required' | 'optional';
  readonly from: string;
}

/** What nodemailer says about a server's no. */
interface SmtpFault {
  readonly code?: string;
  readonly command?: string;
  readonly permanent?: boolean;
}

/** A mail server. One connection per mail: they are few, and none is left to go stale. */
export class SmtpMailTransport extends MailTransport {
  private readonly transporter;

  constructor(private readonly settings: SmtpSettings) {
    super();
    this.transporter = createTransport({
      url: settings.url,
      requireTLS: settings.tls === 'required' && !settings.url.startsWith('smtps:'),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: IDLE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async deliver({ id, to, subject, text }: Mail, signal: AbortSignal): Promise<void> {
    const { from } = this.settings;
    // Machines must not answer it, and a repetition keeps its Message-ID.
    const headers = { 'Auto-Submitted': 'auto-generated' };
    const messageId = `<${id}@${domainOf(from)}>`;
    try {
      await this.transporter.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        text,
        headers,
        messageId,
        signal,
      });
    } catch (error) {
      throw isRefusal(error as SmtpFault) ? new MailRefused(messageOf(error), { cause: error }) : error;
    }
  }
}

// A server that refuses our log-in or our sender is set up wrongly: that will be mended, and the mail still goes.
function isRefusal({ code, command, permanent }: SmtpFault): boolean {
  return permanent === true && (command === 'RCPT TO' || code === 'EMESSAGE');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
}
