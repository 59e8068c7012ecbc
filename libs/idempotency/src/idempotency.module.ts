import { Global, Module } from '@nestjs/common';
import { ClaimKeeper } from './claim-keeper.js';
import { ClaimStore } from './claim-store.js';
import { ExpiredKeys } from './expired-keys.js';
import { Operations } from './operations.js';

/** `@Write` routes and `Operations`. */
@Global()
@Module({
  providers: [ClaimStore, ClaimKeeper, ExpiredKeys, Operations],
  exports: [ClaimStore, ClaimKeeper, Operations],
})
export class IdempotencyModule {}
