import 'reflect-metadata';
import { ValidateIf } from 'class-validator';
import type { ErrorFactory } from './errors.js';

const FAULTS = 'eventzr:faults';
const EXAMPLE = 'eventzr:example';
const NULLABLE = 'eventzr:nullable';
const DESCRIPTION = 'eventzr:description';

interface PropertyFault {
  readonly error: ErrorFactory;
  readonly rules: readonly string[] | undefined;
}

/**
 * The code of the 400 when this property is the first faulty one, in DTO order. May be repeated, then `rules`
 * (class-validator names such as `isIn`; `required` for an absent value) says which faults it stands for.
 */
export function Fault(error: ErrorFactory, rules?: readonly string[]): PropertyDecorator {
  return (target, property) => {
    const known = (Reflect.getMetadata(FAULTS, target, property) as PropertyFault[] | undefined) ?? [];
    Reflect.defineMetadata(FAULTS, [{ error, rules }, ...known], target, property);
  };
}

/** The error that stands for `rule` on a property of a DTO, if it names one. */
export function faultOf(dto: object, property: string, rule: string): ErrorFactory | undefined {
  const faults = Reflect.getMetadata(FAULTS, dto, property) as PropertyFault[] | undefined;
  const match =
    faults?.find(({ rules }) => rules?.includes(rule)) ?? faults?.find(({ rules }) => rules === undefined);
  return match?.error;
}

/** All errors that a DTO class may raise through `@Fault`, for the document. */
export function faultsOf(
  dtoClass: { readonly prototype: object },
  properties: readonly string[],
): ErrorFactory[] {
  return properties.flatMap((property) => {
    const faults = Reflect.getMetadata(FAULTS, dtoClass.prototype, property) as PropertyFault[] | undefined;
    return (faults ?? []).map(({ error }) => error);
  });
}

/** A sample value of a DTO property, shown in the API document. */
export function Example(value: unknown, description?: string): PropertyDecorator {
  return (target, property) => {
    Reflect.defineMetadata(EXAMPLE, value, target, property);
    if (description !== undefined) Reflect.defineMetadata(DESCRIPTION, description, target, property);
  };
}

export function exampleOf(dto: object, property: string): { value: unknown } | undefined {
  if (!Reflect.hasMetadata(EXAMPLE, dto, property)) return undefined;
  return { value: Reflect.getMetadata(EXAMPLE, dto, property) as unknown };
}

/** One sentence on a DTO property, shown in the API document. */
export function Describe(text: string): PropertyDecorator {
  return (target, property) => Reflect.defineMetadata(DESCRIPTION, text, target, property);
}

export function descriptionOf(dto: object, property: string): string | undefined {
  return Reflect.getMetadata(DESCRIPTION, dto, property) as string | undefined;
}

/** The property is there and may be null; `@IsOptional()` lets it be absent as well. */
export function Nullable(): PropertyDecorator {
  const skipNull = ValidateIf((_dto, value) => value !== null);
  return (target, property) => {
    skipNull(target, property);
    Reflect.defineMetadata(NULLABLE, true, target, property);
  };
}

export function isNullable(dto: object, property: string): boolean {
  return Reflect.getMetadata(NULLABLE, dto, property) === true;
}
