/** The part of JSON Schema that a rule can fill; any other keyword makes a schema unfillable. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

const UNDERSTOOD = new Set(
  'type properties required items enum title description default examples additionalProperties format minimum maximum minLength maxLength minItems maxItems $schema $id'.split(
    ' ',
  ),
);
const MOST_OPENINGS = 20;
const MOST_DEPTH = 6;

/** Names that callers give to what we know, by our own name for it; the first known one is taken. */
const SYNONYMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:title|headline|heading|eventname|eventtitle)$/, ['title', 'headline', 'subject']],
  [/^(?:subject|subjectline)$/, ['subject', 'headline', 'title']],
  [
    /^(?:body|text|content|message|description|copy|summary|answer|reply|details)$/,
    ['body', 'description', 'long', 'summary', 'answer', 'text', 'translation', 'message'],
  ],
  [/^(?:short|teaser|tagline|blurb)$/, ['short', 'headline']],
  [/^(?:cta|calltoaction|action)$/, ['call']],
  [/^(?:tags|keywords)$/, ['hashtags']],
  [/^(?:type|kind|eventtype|category)$/, ['label', 'eventType']],
  [/^(?:label|class|classification)$/, ['label', 'sentiment']],
  [/^(?:confidence|score|probability)$/, ['confidence']],
  [
    /^(?:guests?|guestcount|headcount|attendees?|attendeecount|people|participants?|pax|capacity|count|numberofguests)$/,
    ['guests'],
  ],
  [/^(?:date|day|startdate|eventdate|when|start)$/, ['startDate']],
  [/^(?:enddate|end|until)$/, ['endDate']],
  [/^(?:starttime|time|doors)$/, ['startTime']],
  [/^(?:endtime)$/, ['endTime']],
  [/^(?:city|place|location|where|town)$/, ['place']],
  [/^(?:venue|venuename)$/, ['venue']],
  [/^(?:budget|amount|total|totalbudget|budgetamount)$/, ['budgetAmount']],
  [/^(?:currency|currencycode|budgetcurrency)$/, ['budgetCurrency']],
  [/^(?:name|contact|contactname|person|fullname)$/, ['contactName', 'title']],
  [/^(?:email|mail|emailaddress|contactemail)$/, ['contactEmail']],
  [/^(?:phone|telephone|phonenumber|mobile)$/, ['contactPhone']],
  [/^(?:company|organi[sz]ation|organi[sz]er|client)$/, ['organisation']],
  [/^(?:flagged|isflagged|blocked|unsafe)$/, ['flagged']],
  [/^(?:timeline|schedule|agenda|program(?:me)?|runofshow|itinerary)$/, ['timeline', 'days']],
  [/^(?:checklist|tasks|todo|steps|actions)$/, ['tasks', 'checklist']],
  [/^(?:vendors|suppliers)$/, ['vendors']],
  [/^(?:risks?)$/, ['risks']],
  [/^(?:budgetitems|budgetbreakdown|items|lineitems|breakdown|rows|costs)$/, ['rows']],
  [/^(?:item|line|task|step|activity|what|label)$/, ['what', 'category', 'name']],
  [/^(?:cost|price|value|sum)$/, ['amount']],
  [/^(?:constraints?|requirements?|needs)$/, ['constraints', 'needs']],
];

/** A JSON schema written into the conversation, with the text it was written in. */
export function schemaIn(text: string): { schema: JsonSchema; written: string } | undefined {
  if (!text.includes('"properties"')) return undefined;
  let at = text.indexOf('{');
  for (let tried = 0; at >= 0 && tried < MOST_OPENINGS; tried += 1, at = text.indexOf('{', at + 1)) {
    const written = balancedFrom(text, at);
    if (written === undefined) return undefined;
    const schema = parsedSchema(written);
    if (schema) return { schema, written };
  }
  return undefined;
}

function balancedFrom(text: string, start: number): string | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  return undefined;
}

function parsedSchema(written: string): JsonSchema | undefined {
  try {
    const value: unknown = JSON.parse(written);
    return isObject(value) && isObject(value['properties']) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export type Filled = { readonly value: unknown } | { readonly missing: readonly string[] };

/** Fills the schema from what is known; names every property that it could not fill. Nothing is made up. */
export function fillSchema(schema: JsonSchema, known: Readonly<Record<string, unknown>>): Filled {
  return filled(schema, known, '', 0);
}

function filled(schema: JsonSchema, candidate: unknown, path: string, depth: number): Filled {
  const strange = Object.keys(schema).find((keyword) => !UNDERSTOOD.has(keyword));
  if (strange !== undefined || depth > MOST_DEPTH)
    return { missing: [`${path || 'schema'} (${strange ?? 'too deep'})`] };
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = types.find((name) => name !== 'null') ?? (schema.properties ? 'object' : undefined);
  const result = ofType(type, schema, candidate, path, depth);
  if (!('missing' in result)) return result;
  return types.includes('null') && type !== 'object' ? { value: null } : result;
}

function ofType(
  type: string | undefined,
  schema: JsonSchema,
  candidate: unknown,
  path: string,
  depth: number,
): Filled {
  if (type === 'object') return objectOf(schema, candidate, path, depth);
  if (type === 'array') return arrayOf(schema, candidate, path, depth);
  const value = scalarOf(type, candidate);
  return value !== undefined && withinBounds(schema, value) ? { value } : { missing: [path] };
}

function objectOf(schema: JsonSchema, candidate: unknown, path: string, depth: number): Filled {
  const known = isObject(candidate) ? candidate : {};
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const nested = property.properties !== undefined;
    const found = lookUp(known, name);
    return { name, result: filled(property, nested && !isObject(found) ? known : found, at, depth + 1) };
  });
  const missing = entries.flatMap(({ name, result }) =>
    'missing' in result && required.has(name) ? result.missing : [],
  );
  if (missing.length > 0) return { missing };
  return {
    value: Object.fromEntries(
      entries.flatMap(({ name, result }) => ('value' in result ? [[name, result.value]] : [])),
    ),
  };
}

function arrayOf(
  { items, minItems, maxItems }: JsonSchema,
  candidate: unknown,
  path: string,
  depth: number,
): Filled {
  if (!Array.isArray(candidate)) return { missing: [path] };
  const values = candidate.flatMap((item: unknown) => {
    const result = items === undefined ? { value: item } : filled(items, item, `${path}[]`, depth + 1);
    return 'value' in result ? [result.value] : [];
  });
  if (values.length < candidate.length || values.length < (typeof minItems === 'number' ? minItems : 0))
    return { missing: [path] };
  return { value: typeof maxItems === 'number' ? values.slice(0, maxItems) : values };
}

function scalarOf(type: string | undefined, candidate: unknown): unknown {
  if (candidate === null || candidate === undefined) return undefined;
  if (type === 'boolean') return typeof candidate === 'boolean' ? candidate : undefined;
  if (type === 'number' || type === 'integer') {
    const number = typeof candidate === 'number' ? candidate : Number.NaN;
    return Number.isFinite(number) && (type === 'number' || Number.isInteger(number)) ? number : undefined;
  }
  if (type === 'string') {
    if (typeof candidate === 'string') return candidate;
    if (typeof candidate === 'number') return String(candidate);
    return isObject(candidate) && typeof candidate['what'] === 'string' ? candidate['what'] : undefined;
  }
  return type === undefined ? candidate : undefined;
}

function withinBounds(schema: JsonSchema, value: unknown): boolean {
  const { minimum, maximum, minLength, maxLength } = schema;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (typeof value === 'number')
    return !(
      (typeof minimum === 'number' && value < minimum) ||
      (typeof maximum === 'number' && value > maximum)
    );
  if (typeof value !== 'string') return true;
  if (schema['format'] === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  if (schema['format'] === 'email' && !/^\S+@\S+$/.test(value)) return false;
  return !(
    (typeof minLength === 'number' && value.length < minLength) ||
    (typeof maxLength === 'number' && value.length > maxLength)
  );
}

/** By its own name, else by what callers usually call it. */
export function lookUp(known: Readonly<Record<string, unknown>>, name: string): unknown {
  const bare = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const own = Object.keys(known).find((key) => key.toLowerCase() === bare);
  if (own !== undefined && known[own] !== null && known[own] !== undefined && !isObject(known[own]))
    return known[own];
  const other = SYNONYMS.filter(([names]) => names.test(bare))
    .flatMap(([, keys]) => keys)
    .find((key) => known[key] !== undefined && known[key] !== null);
  return other === undefined ? (own === undefined ? undefined : known[own]) : known[other];
}
