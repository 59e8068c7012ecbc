import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { ByteStore } from './byte-store.js';
import { DiskByteStore } from './disk-byte-store.js';
import { SignedUrls } from './signed-urls.js';

/** The part of a service's configuration that storage needs: `DATA_DIR`, `URL_SIGNING_KEY`, `URL_SIGNING_KEY_NEXT`. */
export interface StorageSettings {
  readonly dataDir: string;
  readonly urlSigningKey: string;
  readonly urlSigningKeyNext?: string | undefined;
}

/** Provides `ByteStore` and `SignedUrls` to the whole service. */
@Module({})
export class StorageModule {
  static register(settings: StorageSettings): DynamicModule {
    return {
      module: StorageModule,
      global: true,
      providers: [
        { provide: ByteStore, useFactory: () => new DiskByteStore(join(settings.dataDir, 'storage')) },
        {
          provide: SignedUrls,
          inject: [Clock],
          useFactory: (clock: Clock) =>
            new SignedUrls({ current: settings.urlSigningKey, next: settings.urlSigningKeyNext }, clock),
        },
      ],
      exports: [ByteStore, SignedUrls],
    };
  }
}
