import { Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { AuthConfig } from '../config.js';
import { OutboxMailTransport } from './local/outbox-mail-transport.js';
import { LogMailTransport } from './log-mail-transport.js';
import { MailTransport } from './mail-transport.js';
import { SmtpMailTransport } from './smtp/smtp-mail-transport.js';

export type MailSettings = Pick<AuthConfig, 'embedded' | 'smtpUrl' | 'smtpTls' | 'mailFrom'>;

/** Whether mails stay in this process, where a developer reads them. Never in production. */
export function keepsOutbox({ embedded, smtpUrl }: MailSettings): boolean {
  return embedded && smtpUrl === undefined;
}

/** Picks who brings mail: a server when one is named, else the developer's outbox, in production the log alone. */
@Module({})
export class MailTransportModule {
  static register(config: MailSettings): DynamicModule {
    const { smtpUrl: url, smtpTls: tls, mailFrom: from } = config;
    const useFactory = (logger: AppLogger, clock: Clock): MailTransport => {
      if (url !== undefined) return new SmtpMailTransport({ url, tls, from });
      return keepsOutbox(config) ? new OutboxMailTransport(logger, clock) : new LogMailTransport(logger);
    };
    const provider = { provide: MailTransport, useFactory, inject: [AppLogger, Clock] };
    return { module: MailTransportModule, global: true, providers: [provider], exports: [MailTransport] };
  }
}
