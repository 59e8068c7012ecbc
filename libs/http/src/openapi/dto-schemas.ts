import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { descriptionOf, exampleOf, isNullable } from '../dto.js';
import { isDtoClass } from '../validation.js';
import type { Schema } from './document-types.js';
import { RULE_SCHEMAS, typeSchema } from './rule-schemas.js';

interface Rule {
  readonly type: string;
  readonly name?: string;
  readonly propertyName: string;
  readonly constraints?: readonly unknown[];
  readonly each?: boolean;
}

/** The validation rules of a class by property, in declared order; inherited properties come after its own. */
export function rulesOf(dtoClass: Type): Map<string, Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(
    dtoClass,
    '',
    false,
    false,
  ) as Rule[]) {
    const known = rules.get(rule.propertyName);
    if (known === undefined) rules.set(rule.propertyName, [rule]);
    else known.push(rule);
  }
  return rules;
}

/** Collects the schemas of DTO classes under `#/components/schemas`. */
export class SchemaBook {
  readonly schemas: Record<string, Schema> = {};
  private readonly names = new Map<Type, string>();

  /** A reference to the class's schema, which is written when it is first asked for. */
  refTo(dtoClass: Type): Schema {
    return { $ref: `#/components/schemas/${this.nameOf(dtoClass)}` };
  }

  /** The schema of one property, for query parameters. */
  propertyOf(dtoClass: Type, property: string): { schema: Schema; required: boolean } {
    const rules = rulesOf(dtoClass).get(property) ?? [];
    return { schema: this.property(dtoClass, property, rules, true), required: !isOptional(rules) };
  }

  private nameOf(dtoClass: Type): string {
    const known = this.names.get(dtoClass);
    if (known !== undefined) return known;
    let name = dtoClass.name;
    for (let n = 2; name in this.schemas; n += 1) name = `${dtoClass.name}${n}`;
    this.names.set(dtoClass, name);
    this.schemas[name] = {}; // taken before its properties are walked: classes may refer to themselves
    this.schemas[name] = this.object(dtoClass);
    return name;
  }

  private object(dtoClass: Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const [property, rules] of rulesOf(dtoClass)) {
      properties[property] = this.property(dtoClass, property, rules);
      if (!isOptional(rules)) required.push(property);
    }
    return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  }

  private property(dtoClass: Type, property: string, rules: readonly Rule[], textual = false): Schema {
    const prototype = dtoClass.prototype as object;
    const declared: unknown = Reflect.getMetadata('design:type', prototype, property);
    const nested = rules.some(({ type }) => type === 'nestedValidation');
    const item = nested ? this.nestedRef(dtoClass, property, declared) : undefined;
    let schema = combine(rules, declared, item);
    const description = descriptionOf(prototype, property);
    const example = exampleOf(prototype, property);
    const defaultValue = defaultOf(dtoClass, property);
    // class-validator lets null pass for an optional property; text knows no null.
    const maybeNull = isOptional(rules) && defaultValue === undefined && !textual;
    if (maybeNull || isNullable(prototype, property)) schema = nullable(schema);
    return {
      ...schema,
      ...(description === undefined ? {} : { description }),
      ...(defaultValue === undefined ? {} : { default: defaultValue }),
      ...(example === undefined ? {} : { examples: [example.value] }),
    };
  }

  // `@Type` is asked by transforming a probe: its own registry is not public.
  private nestedRef(dtoClass: Type, property: string, declared: unknown): Schema {
    const probe = declared === Array ? [{}] : {};
    const made = (plainToInstance(dtoClass, { [property]: probe }) as Record<string, unknown>)[property];
    const one: unknown = Array.isArray(made) ? made[0] : made;
    const itemClass: unknown = (one as object | undefined)?.constructor;
    if (isDtoClass(itemClass)) return this.refTo(itemClass);
    if (isDtoClass(declared)) return this.refTo(declared);
    throw new Error(`${dtoClass.name}.${property} is nested: say of what with @Type(() => ...)`);
  }
}

function isOptional(rules: readonly Rule[]): boolean {
  return rules.some(({ type, name }) => type === 'conditionalValidation' && name === 'isOptional');
}

function combine(rules: readonly Rule[], declared: unknown, nested: Schema | undefined): Schema {
  const whole: Schema = {};
  const each: Schema = {};
  for (const { name, constraints, each: perItem } of rules) {
    const rule = RULE_SCHEMAS[name ?? '']?.(constraints ?? []);
    if (rule !== undefined) merge(perItem === true ? each : whole, rule);
  }
  const isList =
    declared === Array || whole.type === 'array' || rules.some(({ each: perItem }) => perItem === true);
  if (isList) {
    const { minLength: _notOfLists, ...list } = whole;
    return { ...list, type: 'array', items: nested ?? each };
  }
  if (nested !== undefined) return nested;
  if (whole.type === undefined && whole.enum === undefined && whole.const === undefined)
    merge(whole, typeSchema(declared));
  return tidy(whole);
}

function merge(target: Schema, source: Schema): void {
  const { type, ...rest } = source;
  // `@IsNumber() @IsIn(...)`, `@IsInt() @Min()`: the narrower word wins.
  if (type !== undefined && !(target.type === 'integer' && type === 'number')) target.type = type;
  Object.assign(target, rest);
}

function tidy(schema: Schema): Schema {
  if (schema.enum !== undefined && schema.enum.every(Number.isInteger)) schema.type = 'integer';
  if (schema.type === 'object' || schema.type === undefined || schema.type === 'string') return schema;
  const { minLength: _notOfThis, ...rest } = schema;
  return rest;
}

/** The same schema, or null. */
export function nullable(schema: Schema): Schema {
  if (schema.$ref !== undefined || schema.type === undefined) return { anyOf: [schema, { type: 'null' }] };
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const values = schema.enum === undefined ? {} : { enum: [...schema.enum, null] };
  return { ...schema, ...values, type: [...types, 'null'] };
}

function defaultOf(dtoClass: Type, property: string): unknown {
  const value = (new dtoClass() as Record<string, unknown>)[property];
  return ['string', 'number', 'boolean'].includes(typeof value) ? value : undefined;
}
