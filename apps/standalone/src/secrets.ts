import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, ServiceName } from '@eventzr/config';
import { ConfigError, SERVICE_NAMES } from '@eventzr/config';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secrets of one installation, made once and kept in `DATA_DIR/secrets`, readable by their owner only. */
export class Secrets {
  private readonly folder: string;

  /** @throws ConfigError when the folder cannot be made */
  constructor(
    dataDir: string,
    private readonly environment: Environment,
  ) {
    this.folder = join(dataDir, 'secrets');
    try {
      // The data folder stays open to the database's own account; its secrets do not.
      mkdirSync(dataDir, { recursive: true, mode: 0o755 });
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      chmodSync(this.folder, 0o700);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ConfigError([
        `DATA_DIR is no folder that can be written to (${reason}): set it to one that is`,
      ]);
    }
  }

  /** A 256-bit secret in hex; a non-blank variable of that name wins over the file. */
  get(variable: string): string {
    const given = this.environment[variable]?.trim();
    return given ? given : this.kept(variable, () => randomBytes(32).toString('hex'));
  }

  /** A 160-bit TOTP seed in base32 (RFC 6238 with SHA-1), for the seeded developer account. */
  totpSeed(): string {
    return this.kept('DEV_TOTP_SECRET', () =>
      Array.from(randomBytes(32), (byte) => BASE32[byte % BASE32.length]).join(''),
    );
  }

  /** One key per calling service. */
  serviceKey(service: ServiceName): string {
    return this.kept(`SERVICE_KEY_${service.toUpperCase()}`, () => randomBytes(32).toString('hex'));
  }

  /** What a called service needs to recognise its callers: `name:sha256-hex` pairs. */
  serviceKeyDigests(): string {
    return SERVICE_NAMES.map((service) => `${service}:${sha256(this.serviceKey(service))}`).join(',');
  }

  /**
   * The key of the job endpoints. Absent: one is made and kept. Present but blank: stays closed, as the
   * guide's fail-closed rule asks.
   */
  internalApiKey(): string {
    return (
      this.environment.INTERNAL_API_KEY ??
      this.kept('INTERNAL_API_KEY', () => randomBytes(32).toString('hex'))
    );
  }

  /** The file in which a secret is kept. */
  fileOf(name: string): string {
    return join(this.folder, name.toLowerCase());
  }

  private kept(name: string, make: () => string): string {
    const file = this.fileOf(name);
    if (!existsSync(file)) writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8').trim();
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
