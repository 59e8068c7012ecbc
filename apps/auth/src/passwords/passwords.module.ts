import { Module } from '@nestjs/common';
import { AccountTokensModule } from '../account-tokens/account-tokens.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { LoginModule } from '../login/login.module.js';
import { MailsModule } from '../mails/mails.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { ChangePasswordService, CurrentPassword } from './change-password.service.js';
import { PasswordNews, PasswordSetting } from './password-setting.js';
import { PasswordsController } from './passwords.controller.js';
import { PasswordsRepository } from './passwords.repository.js';
import { ResetParts, ResetPasswordService } from './reset-password.service.js';

@Module({
  imports: [
    AccountTokensModule,
    AttemptsModule,
    LoginModule,
    MailsModule,
    SessionsModule,
    VerificationModule,
  ],
  controllers: [PasswordsController],
  providers: [
    ChangePasswordService,
    CurrentPassword,
    ResetPasswordService,
    ResetParts,
    PasswordSetting,
    PasswordNews,
    PasswordsRepository,
  ],
})
export class PasswordsModule {}
