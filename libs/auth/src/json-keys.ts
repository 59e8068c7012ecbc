/** A whole string, then the colon that would make it a key; or a bracket. */
const TOKENS = /"((?:[^"\\]|\\.)*)"\s*(:?)|[{}[\]]/g;

/**
 * Whether an object in `json`, which must be valid, names a key twice at any depth. `JSON.parse` keeps the last one
 * in silence, other readers the first: a token that relies on it is an attack.
 */
export function repeatsAKey(json: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, text, colon] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (colon === ':') {
      const keys = open.at(-1);
      const key = JSON.parse(`"${text ?? ''}"`) as string;
      if (keys === undefined || keys.has(key)) return true;
      keys.add(key);
    }
  }
  return false;
}
