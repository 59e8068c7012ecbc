import type { Schema } from './document-types.js';

type Constraints = readonly unknown[];

const text = (extra: Schema = {}): Schema => ({ type: 'string', ...extra });
const numbers = (constraints: Constraints, index = 0): number => Number(constraints[index]);

/** What a class-validator rule says in JSON Schema; rules that are not listed say nothing. */
export const RULE_SCHEMAS: Readonly<Record<string, (constraints: Constraints) => Schema>> = {
  isString: () => text(),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  isObject: () => ({ type: 'object', additionalProperties: true }),
  isArray: () => ({ type: 'array' }),
  isUuid: () => text({ format: 'uuid' }),
  isEmail: () => text({ format: 'email' }),
  isUrl: () => text({ format: 'uri' }),
  isIso8601: () => text({ format: 'date-time' }),
  isDateString: () => text({ format: 'date-time' }),
  isRFC3339: () => text({ format: 'date-time' }),
  isDate: () => text({ format: 'date-time' }),
  isIp: () => text({ format: 'ip' }),
  isBase64: () => text({ format: 'byte' }),
  isHexColor: () => text({ pattern: '^#?[0-9a-fA-F]{3,8}$' }),
  isNumberString: () => text({ pattern: '^-?[0-9]+(\\.[0-9]+)?$' }),
  isLocale: () => text(),
  isTimeZone: () => text(),
  isJwt: () => text(),
  isISO4217CurrencyCode: () => text({ pattern: '^[A-Z]{3}$' }),
  isISO31661Alpha2: () => text({ pattern: '^[A-Z]{2}$' }),
  isIn: ([values]) => enumOf(values as unknown[]),
  isEnum: ([, values]) => enumOf(values as unknown[]),
  equals: ([value]) => ({ const: value }),
  matches: ([pattern]) => text({ pattern: pattern instanceof RegExp ? pattern.source : String(pattern) }),
  min: (constraints) => ({ minimum: numbers(constraints) }),
  max: (constraints) => ({ maximum: numbers(constraints) }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  isNegative: () => ({ exclusiveMaximum: 0 }),
  isDivisibleBy: (constraints) => ({ multipleOf: numbers(constraints) }),
  minLength: (constraints) => ({ minLength: numbers(constraints) }),
  maxLength: (constraints) => ({ maxLength: numbers(constraints) }),
  isLength: ([min, max]) => ({
    minLength: Number(min),
    ...(max === undefined ? {} : { maxLength: Number(max) }),
  }),
  isNotEmpty: () => ({ minLength: 1 }),
  arrayMinSize: (constraints) => ({ minItems: numbers(constraints) }),
  arrayMaxSize: (constraints) => ({ maxItems: numbers(constraints) }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayUnique: () => ({ uniqueItems: true }),
};

function enumOf(values: unknown[]): Schema {
  const types = new Set(values.map((value) => (typeof value === 'number' ? 'number' : typeof value)));
  return { enum: [...values], ...(types.size === 1 ? { type: [...types][0] ?? 'string' } : {}) };
}

/** What only a declared type says, for properties whose rules do not. */
export function typeSchema(type: unknown): Schema {
  if (type === String) return { type: 'string' };
  if (type === Number) return { type: 'number' };
  if (type === Boolean) return { type: 'boolean' };
  if (type === Array) return { type: 'array' };
  if (type === Date) return { type: 'string', format: 'date-time' };
  return {};
}
