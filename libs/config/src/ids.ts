import { v5, v7 } from 'uuid';
import type { Clock } from './clock.js';

/** A fresh time-ordered id (UUIDv7, RFC 9562) for a new row. */
export function newId(clock?: Clock): string {
  return clock === undefined ? v7() : v7({ msecs: clock.now().getTime() });
}

/**
 * The same id for the same inputs (UUIDv5, RFC 9562): for retries that must meet their first attempt.
 * @param namespace a UUID, e.g. the operation's id
 * @param name what is derived, e.g. `hold:1`
 */
export function derivedId(namespace: string, name: string): string {
  return v5(name, namespace);
}

const ANY_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a UUID of any version, the documented tenant `00000000-0000-0000-0000-000000000001` included. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && ANY_UUID.test(value);
}
