import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { PublishedKey } from '@eventzr/auth';
import { SecretBox } from '../secrets/secret-box.js';
import { KeysRepository, type KeyRow, type KeyStore, type NewKeyRow } from './keys.repository.js';

const HOUR_MS = 3_600_000;
/** Tokens of other origin under our keys may live a day; ours an hour and 15 minutes of grace. */
const PUBLISHED_AFTER_RETIREMENT_MS = 25 * HOUR_MS;
/** Refresh tokens live 7 days. */
export const KEPT_AFTER_RETIREMENT_MS = 8 * 24 * HOUR_MS;
/** The next key must have been public for as long as others may cache the key set. */
const PUBLISHED_BEFORE_USE_MS = HOUR_MS / 6;
/** Another process may have rotated. */
const RELOAD_EVERY_MS = 10_000;
const MODULUS_BITS = 2048;

export interface SigningKey {
  readonly kid: string;
  readonly key: KeyObject;
}

interface Ring {
  readonly loadedAtMs: number;
  readonly rows: readonly KeyRow[];
  readonly signing: SigningKey;
}

/** The platform's RS256 keys: one signs, the next is already public, retired ones still verify. */
@Injectable()
export class KeyRing implements OnApplicationBootstrap {
  private ring: Promise<Ring> | undefined;

  constructor(
    private readonly repository: KeysRepository,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {}

  /** Makes the first keys of an installation. A database that is away is met again by the first use. */
  onApplicationBootstrap(): void {
    this.load().catch((err: unknown) =>
      this.logger.warn({ err }, 'The signing keys could not be loaded yet'),
    );
  }

  async signing(): Promise<SigningKey> {
    return (await this.load()).signing;
  }

  /** The public key of `kid`, as long as a refresh token under it may live. */
  async verification(kid: string): Promise<KeyObject | undefined> {
    const row = (await this.load()).rows.find((candidate) => candidate.kid === kid);
    return row === undefined ? undefined : createPublicKey({ key: row.jwk, format: 'jwk' });
  }

  /** What everyone may know: the current key, the next one, and those whose tokens may still live. */
  async published(): Promise<PublishedKey[]> {
    const since = this.clock.now().getTime() - PUBLISHED_AFTER_RETIREMENT_MS;
    const rows = (await this.load()).rows.filter(
      ({ retiredAt }) => retiredAt === null || retiredAt.getTime() > since,
    );
    return rows.map(({ kid, jwk }) => ({ kid, alg: 'RS256', jwk }));
  }

  /** Retires the signing key when it is older than `maxAgeMs` and the next one was public long enough. */
  async rotate(maxAgeMs: number): Promise<boolean> {
    await this.load();
    const now = this.clock.now();
    const rotated = await this.repository.exclusively(async (keys, store) => {
      const { current, next } = split(keys);
      if (current?.activeFrom == null || next === undefined) return false;
      if (now.getTime() - current.activeFrom.getTime() < maxAgeMs) return false;
      if (now.getTime() - next.createdAt.getTime() < PUBLISHED_BEFORE_USE_MS) return false;
      await store.retire(current.kid, now);
      await store.activate(next.kid, now);
      await store.add(await this.generate(now, false));
      return true;
    });
    if (rotated) this.ring = undefined;
    return rotated;
  }

  private async load(): Promise<Ring> {
    const loaded = await this.ring?.catch(() => undefined);
    if (loaded !== undefined && Math.abs(this.clock.now().getTime() - loaded.loadedAtMs) < RELOAD_EVERY_MS)
      return loaded;
    if (loaded !== undefined || this.ring === undefined) this.ring = this.read();
    const reading = this.ring;
    reading.catch(() => (this.ring = this.ring === reading ? undefined : this.ring));
    return reading;
  }

  private async read(): Promise<Ring> {
    const nowMs = this.clock.now().getTime();
    const keptSince = new Date(nowMs - KEPT_AFTER_RETIREMENT_MS);
    let rows = await this.repository.list(keptSince);
    const found = split(rows);
    if (found.current === undefined || found.next === undefined) {
      await this.repository.exclusively((keys, store) => this.complete(keys, store));
      rows = await this.repository.list(keptSince);
    }
    const { current } = split(rows);
    if (current?.privateSealed == null) throw new Error('There is no signing key');
    const pem = this.box.open(current.privateSealed, `signing-key:${current.kid}`);
    return { loadedAtMs: nowMs, rows, signing: { kid: current.kid, key: createPrivateKey(pem) } };
  }

  private async complete(keys: readonly KeyRow[], store: KeyStore): Promise<void> {
    const now = this.clock.now();
    const { current, next } = split(keys);
    if (current === undefined) await store.add(await this.generate(now, true));
    if (next === undefined) await store.add(await this.generate(now, false));
  }

  private async generate(now: Date, active: boolean): Promise<NewKeyRow> {
    const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
      modulusLength: MODULUS_BITS,
    });
    const kid = randomBytes(12).toString('base64url');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const privateSealed = this.box.seal(pem, `signing-key:${kid}`);
    return {
      kid,
      jwk: publicKey.export({ format: 'jwk' }),
      privateSealed,
      createdAt: now,
      activeFrom: active ? now : null,
    };
  }
}

function split(rows: readonly KeyRow[]): { current: KeyRow | undefined; next: KeyRow | undefined } {
  return {
    current: rows.find(({ activeFrom, retiredAt }) => activeFrom !== null && retiredAt === null),
    next: rows.find(({ activeFrom }) => activeFrom === null),
  };
}
