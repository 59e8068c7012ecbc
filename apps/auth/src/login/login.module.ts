import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { HashingModule } from './hashing.module.js';
import { LoginController } from './login.controller.js';
import { LoginRepository } from './login.repository.js';
import { LoginParts, LoginService } from './login.service.js';
import { Lockout } from './lockout.js';
import { PasswordCheck } from './password-check.js';

@Module({
  imports: [AccountsModule, AttemptsModule, SessionsModule, TokensModule, HashingModule],
  controllers: [LoginController],
  providers: [LoginService, LoginParts, PasswordCheck, Lockout, LoginRepository],
  exports: [PasswordCheck, Lockout, HashingModule],
})
export class LoginModule {}
