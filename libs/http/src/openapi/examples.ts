import type { Schema } from './document-types.js';

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '0198c0de-7a11-7000-8000-0000000000a1',
  'date-time': '2026-01-15T09:00:00.000Z',
  email: 'dev@eventzr.com',
  uri: 'https://example.org/file',
  ip: '203.0.113.7',
  byte: 'aGVsbG8=',
};

/** Schemas within schemas: only by their names can they go round. */
const MAX_DEPTH = 6;

/** A value that satisfies `schema`: its own example where it has one, else the simplest that fits. */
export function exampleFor(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth = 0): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.$ref !== undefined)
    return exampleFor(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return exampleFor(schema.anyOf[0] ?? {}, schemas, depth);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' && depth > MAX_DEPTH) return {};
  if (type === 'object') return objectExample(schema, schemas, depth);
  if (type === 'array')
    return schema.items === undefined || depth > MAX_DEPTH ? [] : [exampleFor(schema.items, schemas, depth)];
  if (type === 'integer' || type === 'number') return numberExample(schema);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return textExample(schema);
}

/** A body that can be sent as it stands: what is required, and what its class gives an example of. */
export function requestExample(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  const body = schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1) ?? ''] ?? schema);
  if (body.properties === undefined) return exampleFor(schema, schemas);
  const shown = Object.entries(body.properties).filter(
    ([name, property]) => body.required?.includes(name) === true || property.examples !== undefined,
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleFor(property, schemas)]));
}

function objectExample(schema: Schema, schemas: Readonly<Record<string, Schema>>, depth: number): object {
  const entries = Object.entries(schema.properties ?? {});
  return Object.fromEntries(entries.map(([name, property]) => [name, exampleFor(property, schemas, depth)]));
}

function numberExample({ minimum, maximum, exclusiveMinimum }: Schema): number {
  const lowest = minimum ?? (exclusiveMinimum === undefined ? 1 : exclusiveMinimum + 1);
  return maximum !== undefined && lowest > maximum ? maximum : lowest;
}

// Rules by pattern alone say nothing of what they mean: the first well-known form that fits is shown.
const WELL_KNOWN = [
  ...Object.values(BY_FORMAT),
  'USD',
  'IN',
  'en',
  'en-US',
  '2026-01-15',
  '09:00',
  '0.10',
  '1',
  '#336699',
  'image/png',
  'sample',
  'SAMPLE',
  'a'.repeat(64),
  '/studio/v1/assets',
];

function textExample({ format, pattern, minLength = 0, maxLength = Infinity }: Schema): string {
  if (format !== undefined && format in BY_FORMAT) return BY_FORMAT[format] ?? 'text';
  if (pattern !== undefined) {
    const rule = new RegExp(pattern);
    const fitting = WELL_KNOWN.find(
      (text) => rule.test(text) && text.length >= minLength && text.length <= maxLength,
    );
    if (fitting !== undefined) return fitting;
  }
  return 'text'.padEnd(minLength, 'x').slice(0, Math.max(maxLength, 1));
}
