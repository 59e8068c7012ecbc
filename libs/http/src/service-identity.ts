import type { ServiceName } from '@eventzr/config';

/** Which service this process is. */
export abstract class ServiceIdentity {
  abstract readonly name: ServiceName;
  abstract readonly title: string;
  abstract readonly version: string;
}
