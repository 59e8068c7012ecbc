import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength } from 'class-validator';

/** A name that people give: something to read, without line breaks, control characters and blanks around it. */
export function IsName(maxLength: number): PropertyDecorator {
  // Two rules, since one pattern for both would try every place of every part.
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    MaxLength(maxLength),
    Matches(/[^\p{C}\p{Z}]/u, { message: '$property must not be blank' }),
    Matches(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { message: '$property must be one line' }),
  );
}
