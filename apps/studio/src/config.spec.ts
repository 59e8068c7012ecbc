import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@eventzr/config';
import { StudioConfig } from './config.js';
import { selfSignedMaterial } from './provenance/c2pa-certificate.js';
import type { SigningMaterial } from './provenance/c2pa-material.js';

const COMPLETE = {
  DATABASE_URL: 'postgresql://studio_app:x@localhost/eventzr_studio',
  JOB_DATABASE_URL: 'postgresql://studio_job:x@localhost/eventzr_studio',
  SERVICE_KEY: 'k'.repeat(32),
  SERVICE_KEY_DIGESTS: `wallet:${'0'.repeat(64)}`,
  AUTH_INTERNAL_URL: 'http://auth:8081',
  DATA_DIR: '/var/lib/eventzr',
  URL_SIGNING_KEY: 'u'.repeat(32),
};

function keyOf(namedCurve: string): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

describe('the certificate that signs what is generated', () => {
  let own: SigningMaterial;
  let other: SigningMaterial;
  beforeAll(async () => {
    [own, other] = await Promise.all([selfSignedMaterial(new Date()), selfSignedMaterial(new Date())]);
  });

  function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
    try {
      loadConfig(StudioConfig, { ...COMPLETE, ...environment });
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
    return [];
  }

  it.each<[string, () => Record<string, string>, RegExp | undefined]>([
    ['neither', () => ({}), /C2PA_CERTIFICATE and C2PA_PRIVATE_KEY must both be set.*C2PA=off/],
    ['blank ones', () => ({ C2PA_CERTIFICATE: ' ', C2PA_PRIVATE_KEY: '' }), /must both be set/],
    ['no key', () => ({ C2PA_CERTIFICATE: own.certificate }), /must both be set/],
    ['no certificate', () => ({ C2PA_PRIVATE_KEY: own.privateKey }), /must both be set/],
    ['both', () => ({ C2PA_CERTIFICATE: own.certificate, C2PA_PRIVATE_KEY: own.privateKey }), undefined],
    ['neither, on purpose', () => ({ C2PA: 'off' }), undefined],
    ['another word', () => ({ C2PA: 'maybe' }), /^C2PA must be one of/],
    [
      'no PEM for a certificate',
      () => ({ C2PA_CERTIFICATE: '/etc/c2pa.pem', C2PA_PRIVATE_KEY: own.privateKey }),
      /C2PA_CERTIFICATE is no certificate in PEM/,
    ],
    [
      'no PEM for a key',
      () => ({ C2PA_CERTIFICATE: own.certificate, C2PA_PRIVATE_KEY: 'secret-words' }),
      /C2PA_PRIVATE_KEY is no private key in PEM/,
    ],
    [
      'a key that C2PA does not take',
      () => ({ C2PA_CERTIFICATE: own.certificate, C2PA_PRIVATE_KEY: keyOf('secp521r1') }),
      /C2PA_PRIVATE_KEY must be of EC P-256/,
    ],
    [
      'a key of another certificate',
      () => ({ C2PA_CERTIFICATE: own.certificate, C2PA_PRIVATE_KEY: other.privateKey }),
      /C2PA_PRIVATE_KEY is not the key of C2PA_CERTIFICATE/,
    ],
  ])('in production, with %s', (_what, environment, fault) => {
    const faults = faultsOf(environment());
    if (fault === undefined) expect(faults).toEqual([]);
    else expect(faults).toContainEqual(expect.stringMatching(fault));
    expect(faults.join()).not.toContain('secret-words');
  });

  it('is made when none is given to the embedded default, but never half of it', () => {
    expect(faultsOf({ EVENTZR_MODE: 'embedded' })).toEqual([]);
    expect(faultsOf({ EVENTZR_MODE: 'embedded', C2PA_CERTIFICATE: own.certificate })).toHaveLength(1);
  });

  it('does not hide the rules of the house', () => {
    expect(faultsOf({ C2PA: 'off', RATE_LIMIT: 'off' })).toEqual(['RATE_LIMIT=off is refused in production']);
  });
});
