import { Matches } from 'class-validator';
import { Example } from '@eventzr/http';

// Upper case is spelled out: the API document shows the pattern without its flags.
const ANY_UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** A UUID of any version: the platform's own tenant has one of none. */
export function IsAnyUuid(): PropertyDecorator {
  const matches = Matches(ANY_UUID, { message: '$property must be a UUID' });
  const example = Example('019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b');
  return (target, property) => {
    matches(target, property);
    example(target, property);
  };
}
