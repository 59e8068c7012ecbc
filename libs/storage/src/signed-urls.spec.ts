import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '@eventzr/config';
import { SignedUrls } from './signed-urls.js';

const TENANT = '00000000-0000-0000-0000-000000000001';
const PATH = '/vault/v1/assets/018f0000-0000-7000-8000-000000000001/content';
const KEYS = { current: 'k'.repeat(32) };

function inMinutes(clock: ManualClock, minutes: number): Date {
  return new Date(clock.now().getTime() + minutes * 60_000);
}

describe('SignedUrls', () => {
  it('opens the path it was made for, and names its tenant first', () => {
    const clock = new ManualClock();
    const urls = new SignedUrls(KEYS, clock);
    const expiresAt = inMinutes(clock, 15);
    const credential = urls.sign({ path: PATH, tenantId: TENANT, expiresAt });
    expect(credential.startsWith(`${TENANT}.`)).toBe(true);
    expect(urls.verify(PATH, credential)).toEqual({ path: PATH, tenantId: TENANT, expiresAt });
    expect(urls.signPath({ path: PATH, tenantId: TENANT, expiresAt })).toBe(`${PATH}?sig=${credential}`);
  });

  it('closes at its expiry', () => {
    const clock = new ManualClock();
    const urls = new SignedUrls(KEYS, clock);
    const credential = urls.sign({ path: PATH, tenantId: TENANT, expiresAt: inMinutes(clock, 1) });
    clock.advance(59_999);
    expect(urls.verify(PATH, credential)).not.toBeNull();
    clock.advance(1);
    expect(urls.verify(PATH, credential)).toBeNull();
  });

  it('opens no other path, whoever asks', () => {
    const clock = new ManualClock();
    const urls = new SignedUrls(KEYS, clock);
    const credential = urls.sign({ path: PATH, tenantId: TENANT, expiresAt: inMinutes(clock, 15) });
    expect(urls.verify(PATH.replace('000001/', '000002/'), credential)).toBeNull();
    expect(urls.verify(`${PATH}/`, credential)).toBeNull();
  });

  it('refuses every change of a single character', () => {
    const clock = new ManualClock();
    const urls = new SignedUrls(KEYS, clock);
    const credential = urls.sign({ path: PATH, tenantId: TENANT, expiresAt: inMinutes(clock, 15) });
    fc.assert(
      fc.property(fc.nat(credential.length - 1), fc.constantFrom(...'0189abzAZ-_.%'), (at, mark) => {
        const changed = credential.slice(0, at) + mark + credential.slice(at + 1);
        expect(urls.verify(PATH, changed) === null).toBe(changed !== credential);
      }),
    );
  });

  it.each([undefined, null, '', 7, ['x'], {}, 'x.y.z', '..', `${TENANT}..`, 'a'.repeat(5000)])(
    'refuses %p',
    (junk) => {
      expect(new SignedUrls(KEYS, new ManualClock()).verify(PATH, junk)).toBeNull();
    },
  );

  it('accepts both keys while they are being replaced, and the old one no longer', () => {
    const clock = new ManualClock();
    const scope = { path: PATH, tenantId: TENANT, expiresAt: inMinutes(clock, 15) };
    const old = new SignedUrls(KEYS, clock).sign(scope);
    const next = 'n'.repeat(32);
    expect(new SignedUrls({ current: next, next: KEYS.current }, clock).verify(PATH, old)).toEqual(scope);
    expect(new SignedUrls({ current: next }, clock).verify(PATH, old)).toBeNull();
  });

  it('does not start with a weak key', () => {
    expect(() => new SignedUrls({ current: 'short' }, new ManualClock())).toThrow('URL_SIGNING_KEY');
  });
});
