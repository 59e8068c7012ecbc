import type { ResponseFormat } from '../completion.js';
import { list, record } from './json-shapes.js';

/** Its tokens are covered by the bound of every request. */
const ASK_FOR_JSON = 'Answer with one JSON object.';

/** What to add to the system prompt of a model without a JSON mode. The schema's tokens are covered by the request's bound. */
export function jsonAskedInWords(format: ResponseFormat | undefined): readonly string[] {
  if (format === undefined || format === 'text') return [];
  if (format === 'json') return [ASK_FOR_JSON];
  return [`${ASK_FOR_JSON} It follows this JSON Schema: ${JSON.stringify(format.schema)}`];
}

/** Said in `limits` when nothing but words made the model keep to the schema. */
export const SCHEMA_IS_IN_WORDS = 'the model has no schema mode: the schema was asked for in words';

/** Keywords that the vendors' grammars refuse; a schema without them allows more. */
const UNENFORCED = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'minItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]);

/** Under these stand names of the caller's, not keywords. */
const MAPS = new Set(['properties', '$defs', 'definitions']);

/** Here values of the caller's stand, which are no schemas whatever they look like. */
const VALUES = new Set(['const', 'enum', 'default', 'examples']);

/** The schema as Claude's grammar takes it: every object closed, no lengths and ranges. */
export function closedSchema(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(schema)
    .filter(([keyword]) => !UNENFORCED.has(keyword))
    .map(([keyword, value]): [string, unknown] => [
      keyword,
      VALUES.has(keyword) ? value : closed(value, MAPS.has(keyword)),
    ]);
  const isObject = schema['type'] === 'object' || schema['properties'] !== undefined;
  return { ...Object.fromEntries(kept), ...(isObject ? { additionalProperties: false } : {}) };
}

function closed(value: unknown, isMap: boolean): unknown {
  const items = list(value);
  if (items !== undefined) return items.map((item) => closed(item, false));
  const fields = record(value);
  if (fields === undefined) return value;
  if (!isMap) return closedSchema(fields);
  return Object.fromEntries(Object.entries(fields).map(([name, item]) => [name, closed(item, false)]));
}
