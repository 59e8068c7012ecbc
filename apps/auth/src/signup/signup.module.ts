import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { HashingModule } from '../login/hashing.module.js';
import { MailsModule } from '../mails/mails.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignupController } from './signup.controller.js';
import { SignupRepository } from './signup.repository.js';
import { FirstSession, SignupNews, SignupService } from './signup.service.js';

@Module({
  imports: [AccountsModule, HashingModule, MailsModule, SessionsModule],
  controllers: [SignupController],
  providers: [SignupService, SignupNews, FirstSession, SignupRepository],
})
export class SignupModule {}
