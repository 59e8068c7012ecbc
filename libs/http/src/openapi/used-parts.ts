import type { OpenApiDocument } from './document-types.js';

const REFERENCE = /"#\/components\/(\w+)\/([^"/]+)"/g;

/** The document without components that nothing refers to. */
export function withUsedParts(document: OpenApiDocument): OpenApiDocument {
  const used = new Set<string>();
  let open = [JSON.stringify(document.paths)];
  while (open.length > 0) {
    const found = open.flatMap((text) =>
      [...text.matchAll(REFERENCE)].map(([, kind = '', name = '']) => [kind, name] as const),
    );
    const fresh = found.filter(([kind, name]) => !used.has(`${kind}/${name}`));
    for (const [kind, name] of fresh) used.add(`${kind}/${name}`);
    open = fresh.map(([kind, name]) => JSON.stringify(partOf(document, kind)[name] ?? null));
  }
  const components = Object.fromEntries(
    Object.entries(document.components).map(([kind, parts]) => [
      kind,
      kind === 'securitySchemes' ? usedSchemes(document) : only(parts, (name) => used.has(`${kind}/${name}`)),
    ]),
  );
  return { ...document, components: components as OpenApiDocument['components'] };
}

function partOf(document: OpenApiDocument, kind: string): Readonly<Record<string, unknown>> {
  return (document.components as Record<string, Record<string, unknown>>)[kind] ?? {};
}

function usedSchemes(document: OpenApiDocument): Record<string, object> {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const names = new Set(
    operations.flatMap(({ security }) => security.flatMap((scheme) => Object.keys(scheme))),
  );
  return only(document.components.securitySchemes, (name) => names.has(name));
}

function only<T>(parts: Readonly<Record<string, T>>, wanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => wanted(name)));
}
