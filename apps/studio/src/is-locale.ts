import { applyDecorators } from '@nestjs/common';
import { Matches, ValidateBy } from 'class-validator';

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

function isWellFormed(value: unknown): boolean {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** A language tag (BCP 47) in which dates and numbers can be written: not all that look like one are well-formed. */
export function IsLocale(): PropertyDecorator {
  const message = 'locale must be a language tag such as en-GB';
  const validator = { validate: isWellFormed, defaultMessage: () => message };
  return applyDecorators(Matches(TAG, { message }), ValidateBy({ name: 'isLocale', validator }));
}
