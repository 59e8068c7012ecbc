import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { LoginController } from './login.controller.js';
import { LoginRepository } from './login.repository.js';
import { LoginParts, LoginService } from './login.service.js';
import { PasswordCheck } from './password-check.js';
import { PasswordHasher } from './password-hasher.js';

@Module({
  imports: [AccountsModule, AttemptsModule, SessionsModule, TokensModule],
  controllers: [LoginController],
  providers: [LoginService, LoginParts, PasswordCheck, LoginRepository, PasswordHasher],
  exports: [PasswordCheck, PasswordHasher],
})
export class LoginModule {}
