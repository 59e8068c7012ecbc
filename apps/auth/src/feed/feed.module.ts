import { Module, type OnModuleInit } from '@nestjs/common';
import { RevocationFeed } from '@eventzr/auth';
import { ExpiryModule } from '../expiry/expiry.module.js';
import { KeysModule } from '../keys/keys.module.js';
import { FeedController } from './feed.controller.js';
import { FeedService } from './feed.service.js';
import { RevocationsRepository } from './revocations.repository.js';
import { RevocationsService } from './revocations.service.js';

@Module({
  imports: [ExpiryModule, KeysModule],
  controllers: [FeedController],
  providers: [FeedService, RevocationsRepository, RevocationsService],
  exports: [RevocationsRepository, RevocationsService],
})
export class FeedModule implements OnModuleInit {
  constructor(
    private readonly feed: RevocationFeed,
    private readonly service: FeedService,
  ) {}

  onModuleInit(): void {
    this.feed.readFrom(this.service);
  }
}
