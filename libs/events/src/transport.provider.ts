import type { Provider } from '@nestjs/common';
import { HouseConfig } from '@eventzr/config';
import { ServiceIdentity } from '@eventzr/http';
import { DirectTransport } from './direct-transport.js';
import { EventTransport } from './event-transport.js';

/** How events travel here. */
export const transportProvider: Provider = {
  provide: EventTransport,
  useFactory: (config: HouseConfig, identity: ServiceIdentity) => new DirectTransport(config, identity),
  inject: [HouseConfig, ServiceIdentity],
};
