import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, IS_OPTIONAL, validateSync, type ValidationError } from 'class-validator';
import { faultOf, isNullable } from './dto.js';
import { HttpErrors, type CatalogueError, type ErrorFactory, type FieldFault } from './errors.js';

const MAX_REPORTED = 50;
const UNKNOWN_FIELD = 'whitelistValidation';

interface Fault extends FieldFault {
  readonly error: ErrorFactory | undefined;
}

export interface ValidationSettings {
  /** The values arrived as text (query, form): numbers, booleans and lists are read from it. */
  readonly textual?: boolean;
}

/**
 * Makes a DTO of a plain value.
 * @throws CatalogueError with all faults at once; the first faulty property in DTO order picks the code
 */
export function validated<T extends object>(
  dtoClass: Type<T>,
  value: unknown,
  settings: ValidationSettings = {},
): T {
  const plain = value ?? {};
  if (typeof plain !== 'object' || Array.isArray(plain)) {
    throw HttpErrors.VALIDATION_FAILED([
      { field: '', rule: 'isObject', message: 'the body must be a JSON object' },
    ]);
  }
  const source = settings.textual === true ? readText(dtoClass, plain as Record<string, unknown>) : plain;
  const dto = plainToInstance(dtoClass, withoutNulls(dtoClass, source), { exposeUnsetFields: false });
  dropNulls(dto);
  const errors = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  if (errors.length > 0) throw refusal(errors);
  return dto;
}

// For a property with a default, null says the same as nothing.
function withoutNulls(dtoClass: Type, source: object): object {
  const entries = Object.entries(source);
  if (!entries.some(([, value]) => value === null)) return source;
  const defaults = new dtoClass() as Record<string, unknown>;
  return Object.fromEntries(entries.filter(([key, value]) => value !== null || defaults[key] === undefined));
}

// An optional property that is null is as good as absent, at every depth: no handler meets a null its types do not know.
function dropNulls(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(dropNulls);
  if (typeof value !== 'object' || value === null || !isDtoClass(value.constructor)) return;
  const optional = optionalsOf(value.constructor);
  for (const [key, part] of Object.entries(value)) {
    if (part === null && optional.has(key) && !isNullable(value, key)) Reflect.deleteProperty(value, key);
    else dropNulls(part);
  }
}

const optionals = new Map<Type, ReadonlySet<string>>();

function optionalsOf(dtoClass: Type): ReadonlySet<string> {
  const known = optionals.get(dtoClass);
  if (known !== undefined) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(dtoClass, '', false, false);
  const found = new Set(rules.filter(({ name }) => name === IS_OPTIONAL).map((rule) => rule.propertyName));
  optionals.set(dtoClass, found);
  return found;
}

/** Validates every body, query and parameter object whose type is a DTO class. */
@Injectable()
export class DtoPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === undefined || !isDtoClass(metatype)) return value;
    return validated(metatype, value, { textual: type !== 'body' });
  }
}

const dtoClasses = new Map<unknown, boolean>();

/** True for classes that carry class-validator decorators. */
export function isDtoClass(candidate: unknown): candidate is Type<object> {
  if (typeof candidate !== 'function') return false;
  const known = dtoClasses.get(candidate);
  if (known !== undefined) return known;
  const found = getMetadataStorage().getTargetValidationMetadatas(candidate, '', false, false).length > 0;
  dtoClasses.set(candidate, found);
  return found;
}

function readText(dtoClass: Type, values: Record<string, unknown>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  const defaults = new dtoClass() as Record<string, unknown>;
  for (const [key, value] of Object.entries(values)) {
    const type: unknown = Reflect.getMetadata('design:type', dtoClass.prototype as object, key);
    // `limit = 20` declares no type that could be read at run time: its default tells.
    read[key] = fromText(type === Object ? defaults[key]?.constructor : type, value);
  }
  return read;
}

// What cannot be read stays text, so that the DTO's own rule names the fault.
function fromText(type: unknown, value: unknown): unknown {
  if (type === Array) return Array.isArray(value) ? value : [value];
  if (typeof value !== 'string') return value;
  if (type === Number && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === Boolean && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function refusal(errors: readonly ValidationError[]): CatalogueError {
  const faults = errors.flatMap((error) => faultsIn(error, '', undefined));
  faults.sort((a, b) => Number(a.rule === UNKNOWN_FIELD) - Number(b.rule === UNKNOWN_FIELD));
  const make = faults[0]?.error ?? HttpErrors.VALIDATION_FAILED;
  return make(faults.slice(0, MAX_REPORTED).map(({ field, rule, message }) => ({ field, rule, message })));
}

function faultsIn(error: ValidationError, prefix: string, outer: ErrorFactory | undefined): Fault[] {
  const field = `${prefix}${error.property}`;
  const target = error.target ?? {};
  const own = ownFaults(error, field).map((fault) => ({
    ...fault,
    error: faultOf(target, error.property, fault.rule) ?? outer,
  }));
  const inherited = faultOf(target, error.property, 'nested') ?? outer;
  return [...own, ...(error.children ?? []).flatMap((child) => faultsIn(child, `${field}.`, inherited))];
}

/** What could have been meant instead: callers guess names such as `aspectRatio` and `colors`. */
function alternatives({ target }: ValidationError): string {
  if (target === undefined) return '';
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  const known = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return known.length === 0 ? '' : `; known are ${known.join(', ')}`;
}

function ownFaults(error: ValidationError, field: string): FieldFault[] {
  if (error.constraints === undefined) return [];
  if (UNKNOWN_FIELD in error.constraints) {
    return [{ field, rule: UNKNOWN_FIELD, message: `${field} is not a known field${alternatives(error)}` }];
  }
  if (error.value === undefined) return [{ field, rule: 'required', message: `${field} is required` }];
  return Object.entries(error.constraints)
    .reverse()
    .map(([rule, message]) => ({ field, rule, message }));
}
