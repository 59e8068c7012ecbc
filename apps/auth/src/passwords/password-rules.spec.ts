import { describe, expect, it } from '@jest/globals';
import { validated } from '@eventzr/http';
import { isGuessable } from './password-rules.js';
import { ResetPasswordBody } from './passwords.dto.js';

describe('a new password', () => {
  it.each([
    'password',
    'PASSWORD1',
    'iloveyou',
    '12345678',
    'trustno1',
    'qwertyuiop',
    'eventzr2026',
    'EventZR!!',
    'ada.lovelace',
    'Ada.Lovelace1815',
    'ada.lovelace@example.com',
  ])('is refused when it is %s', (password) => {
    expect(isGuessable(password, 'Ada.Lovelace@example.com')).toBe(true);
  });

  it.each([
    'Password123!',
    'a tent, a stage and rain',
    'ada.lovelace loves engines',
    'ÄÖÜäöüßß',
    '        x',
    'eventzr is fun',
  ])('may be %s: nothing is asked of its characters', (password) => {
    expect(isGuessable(password, 'ada.lovelace@example.com')).toBe(false);
  });

  it('costs no time when it is too long to be one', () => {
    const newPassword = `${'1'.repeat(900_000)}a`;
    expect(() => validated(ResetPasswordBody, { token: 't', newPassword })).toThrow(/does not satisfy/);
  });
});
