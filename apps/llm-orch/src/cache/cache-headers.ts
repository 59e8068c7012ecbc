import type { CacheLookup } from './completion-cache.js';

/** What an answer says about the cache: where it came from, and that nobody on its way may keep it. */
export function cacheHeaders({ outcome, similarity }: CacheLookup): Record<string, string> {
  return {
    'cache-control': 'private, no-store',
    'x-cache': outcome,
    ...(similarity === undefined ? {} : { 'x-cache-similarity': similarity.toFixed(4) }),
  };
}
