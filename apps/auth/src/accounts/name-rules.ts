import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** A name that people give: something to read, without line breaks and other control characters. */
export function IsName(maxLength: number): PropertyDecorator {
  // Two rules, since one pattern for both would try every place of every part.
  return applyDecorators(
    IsString(),
    MaxLength(maxLength),
    Matches(/[^\p{C}\p{Z}]/u, { message: '$property must not be blank' }),
    Matches(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { message: '$property must be one line' }),
  );
}
