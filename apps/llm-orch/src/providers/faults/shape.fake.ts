/** What a vendor takes: a type, a list of one shape, or fields, of which those named with `?` may be left out. */
export type Shape =
  'string' | 'number' | 'boolean' | 'object' | readonly [Shape] | { readonly [field: string]: Shape };

/** For specs: what is wrong with a value; undefined: nothing. Fields that the vendor does not know are wrong too. */
export function shapeFault(value: unknown, shape: Shape, path = 'body'): string | undefined {
  if (typeof shape === 'string') return typeof value === shape ? undefined : `${path} is not a ${shape}`;
  if (isList(shape)) {
    if (!Array.isArray(value) || value.length === 0) return `${path} is not a list of something`;
    return first(value.map((item, index) => shapeFault(item, shape[0], `${path}[${index}]`)));
  }
  if (typeof value !== 'object' || value === null) return `${path} is not an object`;
  const fields = value as Record<string, unknown>;
  const unknown = Object.keys(fields).find((field) => !(field in shape) && !(`${field}?` in shape));
  if (unknown !== undefined) return `${path}.${unknown} is not known`;
  return first(Object.entries(shape).map(([field, inner]) => fieldFault(fields, field, inner, path)));
}

function fieldFault(
  fields: Record<string, unknown>,
  field: string,
  shape: Shape,
  path: string,
): string | undefined {
  const name = field.replace(/\?$/, '');
  const value = fields[name];
  if (value === undefined) return name === field ? `${path}.${name} is missing` : undefined;
  return shapeFault(value, shape, `${path}.${name}`);
}

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function first(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
