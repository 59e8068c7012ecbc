import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { AuthConfig } from './config.js';
import { assertLoginAlgorithm } from './login/login-algorithm.js';
import { FeedModule } from './feed/feed.module.js';
import { JobRoutesModule } from './jobs/jobs.module.js';
import { KeysModule } from './keys/keys.module.js';
import { LoginModule } from './login/login.module.js';
import { MailDeliveryModule } from './mails/mails.module.js';
import { MfaModule } from './mfa/mfa.module.js';
import { PasswordsModule } from './passwords/passwords.module.js';
import { PlansModule } from './plans/plans.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SignupModule } from './signup/signup.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { UsersModule } from './users/users.module.js';
import { VerificationModule } from './verification/verification.module.js';

/** Auth's table of contents. */
@Module({})
export class AppModule {
  static register(config: AuthConfig): DynamicModule {
    assertLoginAlgorithm(config);
    return {
      module: AppModule,
      imports: [
        LoginModule,
        SignupModule,
        VerificationModule,
        PasswordsModule,
        MailDeliveryModule.register(config),
        SessionsModule,
        MfaModule,
        ProfileModule,
        KeysModule,
        FeedModule,
        JobRoutesModule,
        UsersModule,
        TenantsModule,
        PlansModule,
      ],
    };
  }
}
