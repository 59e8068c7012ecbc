import { describe, expect, it } from '@jest/globals';
import { Connections } from './connections.js';
import { isDatabaseUnavailable, probeDatabase } from './probe.js';

describe('probeDatabase', () => {
  const url = 'postgresql://vault_app:x@127.0.0.1:1/eventzr_vault';
  const connections = new Connections({
    service: 'vault',
    databaseUrl: url,
    jobDatabaseUrl: url,
    tenants: { current: () => undefined },
  });

  it('fails with an error that counts as unavailable when nobody listens', async () => {
    const error: unknown = await probeDatabase(connections, AbortSignal.timeout(2_000)).catch(
      (thrown: unknown) => thrown,
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it('does not start when its time is over', async () => {
    await expect(probeDatabase(connections, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});

describe('isDatabaseUnavailable', () => {
  it.each(['ECONNREFUSED', '57P01', 'P2028', 'P1001'])('is true for %s', (code) => {
    expect(isDatabaseUnavailable(Object.assign(new Error('away'), { code }))).toBe(true);
  });

  it.each([
    Object.assign(new Error('duplicate'), { code: '23505' }),
    new Error('boom'),
    'text',
    null,
    undefined,
  ])('is false for %p', (error) => {
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
