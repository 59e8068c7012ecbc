import { Module, type DynamicModule } from '@nestjs/common';
import { CacheStore } from './cache-store.js';

/** Provides one store to the whole service; whoever made the store closes it. */
@Module({})
export class CacheModule {
  static register(store: CacheStore): DynamicModule {
    return {
      module: CacheModule,
      global: true,
      providers: [{ provide: CacheStore, useValue: store }],
      exports: [CacheStore],
    };
  }
}
