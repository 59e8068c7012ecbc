import { createHash } from 'node:crypto';
import type { ServiceName } from '@eventzr/config';

/** The key with which `service` names itself in tests. */
export function testServiceKey(service: ServiceName): string {
  return `test-service-key-of-${service}`.padEnd(40, '-');
}

/** One entry of `SERVICE_KEY_DIGESTS`: lets `service` call. */
export function testKeyDigest(service: ServiceName): string {
  return `${service}:${createHash('sha256').update(testServiceKey(service)).digest('hex')}`;
}
