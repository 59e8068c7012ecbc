import { Module, type DynamicModule } from '@nestjs/common';
import { SafeFetch, type SafeFetchSettings } from './safe-fetch.js';

/** Provides one `SafeFetch` to the whole service. */
@Module({})
export class SafeFetchModule {
  static register(settings: SafeFetchSettings): DynamicModule {
    const provider = { provide: SafeFetch, useFactory: () => new SafeFetch(settings) };
    return { module: SafeFetchModule, global: true, providers: [provider], exports: [SafeFetch] };
  }
}
