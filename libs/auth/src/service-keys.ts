import { createHash, timingSafeEqual } from 'node:crypto';

/** A header as Fastify hands it over; undefined when absent. */
export type HeaderValue = string | string[] | undefined;

/** SHA-256 of a secret: equal lengths, so that a constant-time comparison is possible whatever was sent. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares with every candidate, found or not, so that time tells nothing. */
export function matchesAny(presented: string, digests: readonly Buffer[]): boolean {
  const digest = secretDigest(presented);
  let found = false;
  for (const candidate of digests) found = timingSafeEqual(candidate, digest) || found;
  return found;
}

/** The internal key of schedulers: fail-closed, two keys may be valid at once. */
export class InternalKeys {
  private readonly digests: readonly Buffer[];

  constructor(keys: readonly (string | undefined)[]) {
    this.digests = keys
      .filter((key) => key !== undefined && key.trim() !== '')
      .map((key) => secretDigest(String(key)));
  }

  /** True for a configured key in either header; both headers must agree when both are sent. */
  accepts(internalApiKey: HeaderValue, apiKey: HeaderValue): boolean {
    if (Array.isArray(internalApiKey) || Array.isArray(apiKey)) return false;
    const presented = internalApiKey ?? apiKey;
    if (presented === undefined || presented === '') return false;
    if (
      internalApiKey !== undefined &&
      apiKey !== undefined &&
      !matchesAny(internalApiKey, [secretDigest(apiKey)])
    )
      return false;
    return matchesAny(presented, this.digests);
  }
}

const NOBODY = [secretDigest('')];

/** Which service a service key belongs to; a service may have two keys while one is being replaced. */
export class ServiceKeys {
  private readonly digests = new Map<string, Buffer[]>();

  /** @param pairs `name:sha256-hex`, comma separated */
  constructor(pairs: string) {
    for (const pair of pairs.split(',')) {
      const [name = '', hex = ''] = pair.split(':');
      this.digests.set(name, [...(this.digests.get(name) ?? []), Buffer.from(hex, 'hex')]);
    }
  }

  /** True when `key` is a key of the service `name`. */
  accepts(name: HeaderValue, key: HeaderValue): name is string {
    if (typeof name !== 'string' || typeof key !== 'string' || key === '') return false;
    const digests = this.digests.get(name);
    return matchesAny(key, digests ?? NOBODY) && digests !== undefined;
  }
}
