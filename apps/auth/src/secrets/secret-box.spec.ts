import { describe, expect, it } from '@jest/globals';
import type { AuthConfig } from '../config.js';
import { SecretBox } from './secret-box.js';

const box = (keyEncryptionKey = 'a key that is long enough for the box') =>
  new SecretBox({ keyEncryptionKey } as AuthConfig);

describe('SecretBox', () => {
  it('opens what it sealed, which looks different every time', () => {
    const [first, second] = [box().seal('secret', 'totp:1'), box().seal('secret', 'totp:1')];
    expect(first).not.toBe(second);
    expect(box().open(first, 'totp:1')).toBe('secret');
  });

  it.each([
    ['under another key', () => box('another key, which is long enough too').open(box().seal('s', 'p'), 'p')],
    ['for another purpose', () => box().open(box().seal('s', 'totp:1'), 'totp:2')],
    [
      'when altered',
      () =>
        box().open(
          box()
            .seal('s', 'p')
            .replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
          'p',
        ),
    ],
    [
      'with a short tag',
      () =>
        box().open(
          box()
            .seal('s', 'p')
            .replace(/^(v1\.[^.]+\.)[^.]+/, '$1AAAA'),
          'p',
        ),
    ],
    ['without a version', () => box().open('plain', 'p')],
  ])('does not open %s', (_, open) => {
    expect(open).toThrow();
  });

  it('digests the same text alike, another text, purpose or key differently, and never to the text', () => {
    const digests = [
      box().digest('code', 'recovery:1'),
      box().digest('other', 'recovery:1'),
      box().digest('code', 'recovery:2'),
      box('another key, which is long enough too').digest('code', 'recovery:1'),
    ].map((digest) => digest.toString('hex'));
    expect(new Set(digests).size).toBe(4);
    expect(box().digest('code', 'recovery:1').toString('hex')).toBe(digests[0]);
    expect(digests.join()).not.toContain(Buffer.from('code').toString('hex'));
  });
});
