import { Controller, Delete } from '@nestjs/common';
import { Authenticated } from '@eventzr/auth';
import { Group, Route } from '@eventzr/http';
import { Write } from '@eventzr/idempotency';
import { ClearedCache } from './cache.dto.js';
import { CompletionCache } from './completion-cache.js';

@Group('Cache', 'Answers that are given again for a fixed price and no provider money.')
@Controller('cache')
@Authenticated('admin')
export class CacheController {
  constructor(private readonly cache: CompletionCache) {}

  @Delete()
  @Write('atomic')
  @Route({ summary: "Forget all of the tenant's cached answers", answer: ClearedCache })
  async clear(): Promise<ClearedCache> {
    return { removed: await this.cache.clear() };
  }
}
