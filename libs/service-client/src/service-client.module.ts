import { Global, Module } from '@nestjs/common';
import { ServiceClient } from './service-client.js';

/** Provides `ServiceClient` to the whole service; one, so that connections and breakers are shared. */
@Global()
@Module({ providers: [ServiceClient], exports: [ServiceClient] })
export class ServiceClientModule {}
