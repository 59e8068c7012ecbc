import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AccountTokensModule } from '../account-tokens/account-tokens.module.js';
import { keepsOutbox, MailTransportModule, type MailSettings } from '../providers/mail-transport.module.js';
import { DeliverMailsSweep } from './deliver-mails.sweep.js';
import { MailOrdersRepository } from './mail-orders.repository.js';
import { MailWriter } from './mail-writer.js';
import { OutboxController } from './outbox.controller.js';
import { SendMailJob } from './send-mail.job.js';

/** For whoever orders mails. */
@Module({ providers: [MailOrdersRepository], exports: [MailOrdersRepository] })
export class MailsModule {}

/** Who sends the mails that others order, and where developers read them. */
@Module({})
export class MailDeliveryModule {
  static register(config: MailSettings): DynamicModule {
    return {
      module: MailDeliveryModule,
      imports: [MailTransportModule.register(config), MailsModule, AccountsModule, AccountTokensModule],
      controllers: keepsOutbox(config) ? [OutboxController] : [],
      providers: [MailWriter, SendMailJob, DeliverMailsSweep],
    };
  }
}
