import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AccountTokensModule } from '../account-tokens/account-tokens.module.js';
import { MailsModule } from '../mails/mails.module.js';
import { VerificationController } from './verification.controller.js';
import { VerificationService } from './verification.service.js';
import { VerifiedAccounts } from './verified-accounts.js';

@Module({
  imports: [AccountsModule, AccountTokensModule, MailsModule],
  controllers: [VerificationController],
  providers: [VerificationService, VerifiedAccounts],
  exports: [VerifiedAccounts],
})
export class VerificationModule {}
