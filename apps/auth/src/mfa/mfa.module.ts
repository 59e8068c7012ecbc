import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { BearerCheck } from './bearer-check.js';
import { MfaController } from './mfa.controller.js';
import { MfaService } from './mfa.service.js';
import { TotpCheck } from './totp-check.js';

@Module({
  imports: [AccountsModule, AttemptsModule, SecretsModule, SessionsModule, TokensModule],
  controllers: [MfaController],
  providers: [MfaService, TotpCheck, BearerCheck],
})
export class MfaModule {}
