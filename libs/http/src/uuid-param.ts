import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { isUuid } from '@eventzr/config';
import { HttpErrors } from './errors.js';

/** Lets UUIDs of any version pass, in lower case. */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, metadata: { readonly data?: string }): string {
    if (isUuid(value)) return value.toLowerCase();
    const field = metadata.data ?? 'id';
    throw HttpErrors.VALIDATION_FAILED([{ field, rule: 'isUuid', message: `${field} must be a UUID` }]);
  }
}

/** A path parameter that must be a UUID: `@UuidParam() id: string`. */
export function UuidParam(name = 'id'): ParameterDecorator {
  return Param(name, UuidPipe);
}
