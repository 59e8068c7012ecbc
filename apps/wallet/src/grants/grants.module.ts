import { Module } from '@nestjs/common';
import { GrantExpiryRepository } from './grant-expiry.repository.js';
import { PaymentSucceeded, TrialStarted } from './grants.events.js';
import { ExpireGrants } from './grants.jobs.js';
import { GrantsRepository } from './grants.repository.js';

@Module({
  providers: [GrantsRepository, GrantExpiryRepository, PaymentSucceeded, TrialStarted, ExpireGrants],
  exports: [GrantsRepository, ExpireGrants],
})
export class GrantsModule {}
