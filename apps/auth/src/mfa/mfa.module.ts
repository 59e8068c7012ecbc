import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AttemptsModule } from '../attempts/attempts.module.js';
import { LoginModule } from '../login/login.module.js';
import { SecretsModule } from '../secrets/secrets.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { BearerCheck } from './bearer-check.js';
import { EnrolmentController } from './enrolment.controller.js';
import { EnrolmentRepository } from './enrolment.repository.js';
import { EnrolmentService, EnrolmentStores } from './enrolment.service.js';
import { FreshProof } from './fresh-proof.js';
import { MfaController } from './mfa.controller.js';
import { Challenges, MfaService } from './mfa.service.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { CodeStores, SecondFactorCheck } from './second-factor-check.js';

@Module({
  imports: [AccountsModule, AttemptsModule, LoginModule, SecretsModule, SessionsModule, TokensModule],
  controllers: [MfaController, EnrolmentController],
  providers: [
    MfaService,
    Challenges,
    BearerCheck,
    SecondFactorCheck,
    CodeStores,
    RecoveryCodesRepository,
    FreshProof,
    EnrolmentService,
    EnrolmentStores,
    EnrolmentRepository,
  ],
})
export class MfaModule {}
