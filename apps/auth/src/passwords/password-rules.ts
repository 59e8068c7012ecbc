import { applyDecorators } from '@nestjs/common';
import { Fault } from '@eventzr/http';
import { dictionary } from '@zxcvbn-ts/language-common';
import { IsString, MaxLength, MinLength, ValidateBy, type ValidationArguments } from 'class-validator';
import { AuthErrors } from '../auth.errors.js';

const MIN_LENGTH = 8;
/** All of it counts. Longer ones would let callers buy hashing time with bytes. */
const MAX_LENGTH = 256;

/** 49,000 passwords that attackers try first, 18,000 of them long enough for our rule. */
const COMMON: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter(({ length }) => length >= MIN_LENGTH),
);

/** What stands at the end of a word to make it look like a password. */
const TAIL = /[\d\W_]+$/;

/**
 * Whether a password is one of those that are guessed first: a common one, or the platform's name or the account's own
 * address, whatever digits and signs follow them. OWASP ASVS 5.0, 6.2.4 and 6.2.11; there are no rules about kinds of
 * characters (6.2.5).
 */
export function isGuessable(password: string, email?: string): boolean {
  const word = password.toLowerCase();
  if (COMMON.has(word)) return true;
  const address = email?.toLowerCase() ?? '';
  const names = ['eventzr', address.split('@')[0] ?? '', address].filter((name) => name !== '');
  return names.includes(word) || names.includes(word.replace(TAIL, ''));
}

/** A password to be set: 8 to 256 characters, none that is guessed first. The DTO's own `email` is taken into account. */
export function IsNewPassword(): PropertyDecorator {
  const validate = (value: unknown, args?: ValidationArguments): boolean => {
    const { email } = (args?.object ?? {}) as { readonly email?: unknown };
    // All rules are looked at, also when the length is refused: nothing slow may see a long text.
    if (typeof value !== 'string' || value.length > MAX_LENGTH) return true;
    return !isGuessable(value, typeof email === 'string' ? email : undefined);
  };
  const message = 'this password is one of those that are guessed first';
  return applyDecorators(
    IsString(),
    MinLength(MIN_LENGTH),
    MaxLength(MAX_LENGTH),
    ValidateBy({ name: 'isGuessable', validator: { validate, defaultMessage: () => message } }),
    Fault(AuthErrors.WEAK_PASSWORD, ['isGuessable']),
  );
}
