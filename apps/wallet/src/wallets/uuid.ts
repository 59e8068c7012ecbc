import { Matches } from 'class-validator';

/** A UUID of any version: the platform's own tenant has one of none. */
export function IsAnyUuid(): PropertyDecorator {
  return Matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, {
    message: '$property must be a UUID',
  });
}
