import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFixture, type FixtureService } from '@eventzr/testing/fixture';
import fc from 'fast-check';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';

describe('withTenantAfter', () => {
  let fixture: FixtureService;

  beforeAll(async () => {
    fixture = await startFixture();
  });

  afterAll(() => fixture.close());

  it('begins with a call whose argument is nothing but an argument', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        "'; DROP TABLE notes; --",
        "\\'; COMMIT; --",
        "E'\\''",
        '$1',
        '$$',
        '\\',
        '"',
        "''",
        ';',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((text) => !text.includes('\0')),
        async (text) => {
          const first = { name: 'to_jsonb', argument: { text } };
          const answer = await fixture.db.withTenantAfter(first, (given) => Promise.resolve(given), A);
          expect(answer).toEqual({ text });
        },
      ),
    );
  });

  it('runs nothing after a first call that fails, and goes on', async () => {
    const failing = { name: 'platform.no_such_function', argument: {} };
    for (let time = 0; time < 20; time += 1)
      await expect(
        fixture.db.withTenantAfter(failing, () => Promise.reject(new Error('ran')), A),
      ).rejects.toThrow(/no_such_function/);
    expect(await fixture.db.withTenant((tx) => tx.note.count(), A)).toBe(0);
  });

  it('makes no first call inside another unit of work', async () => {
    const first = { name: 'to_jsonb', argument: {} };
    const nested = fixture.db.withTenant(
      () => fixture.db.withTenantAfter(first, () => Promise.resolve(1), A),
      A,
    );
    await expect(nested).rejects.toThrow('a transaction of its own');
  });
});
