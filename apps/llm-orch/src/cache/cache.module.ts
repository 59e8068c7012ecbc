import { Module } from '@nestjs/common';
import { CacheController } from './cache.controller.js';
import { CachedCompletionsRepository } from './cached-completions.repository.js';
import { CompletionCache } from './completion-cache.js';
import { ExpiredCompletions } from './expired-completions.js';

@Module({
  controllers: [CacheController],
  providers: [CompletionCache, CachedCompletionsRepository, ExpiredCompletions],
  exports: [CompletionCache, ExpiredCompletions],
})
export class CompletionCacheModule {}
