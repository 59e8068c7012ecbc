import { describe, expect, it } from '@jest/globals';
import { HouseConfig } from './house-config.js';
import { ConfigError, loadConfig } from './load-config.js';

const COMPLETE = {
  DATABASE_URL: 'postgresql://studio_app:x@localhost/eventzr_studio',
  JOB_DATABASE_URL: 'postgresql://studio_job:x@localhost/eventzr_studio',
  SERVICE_KEY: 'k'.repeat(32),
  SERVICE_KEY_DIGESTS: `wallet:${'0'.repeat(64)}`,
  AUTH_INTERNAL_URL: 'http://auth:8081',
};

describe('loadConfig', () => {
  it('reads numbers as numbers and keeps defaults for absent and blank variables', () => {
    const config = loadConfig(HouseConfig, { ...COMPLETE, PORT: '9000', HOST: ' ', INTERNAL_API_KEY: '' });
    expect(config).toMatchObject({
      port: 9000,
      internalPort: 8081,
      host: '0.0.0.0',
      eventzrMode: 'production',
    });
    expect(config.internalApiKey).toBeUndefined();
    expect(config.internalUrlOf('auth')).toBe('http://auth:8081');
  });

  it('names every variable that is missing or wrong', () => {
    const faults = faultsOf({
      ...COMPLETE,
      DATABASE_URL: undefined,
      SERVICE_KEY: 'short',
      PORT: '80a',
      LOG_LEVEL: 'loud',
    });
    for (const variable of ['DATABASE_URL', 'SERVICE_KEY', 'PORT', 'LOG_LEVEL']) {
      expect(faults.some((fault) => fault.startsWith(`${variable} `))).toBe(true);
    }
  });

  it('refuses to switch the rate limit off in production', () => {
    expect(faultsOf({ ...COMPLETE, RATE_LIMIT: 'off' })).toEqual(['RATE_LIMIT=off is refused in production']);
    expect(
      loadConfig(HouseConfig, { ...COMPLETE, RATE_LIMIT: 'off', EVENTZR_MODE: 'embedded' }).rateLimit,
    ).toBe('off');
  });

  function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
    try {
      loadConfig(HouseConfig, environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
    return [];
  }
});
