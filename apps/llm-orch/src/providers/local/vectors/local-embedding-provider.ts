import type { EmbeddingModelInfo, EmbeddingRequest, Embeddings } from '../../embedding-provider.js';
import { EmbeddingProvider } from '../../embedding-provider.js';
import { countTokens } from '../../token-count.js';
import { HASH_DIMENSIONS, hashEmbedding } from './hash-embedding.js';

const MODEL = 'local-hash-512';

/** Names the algorithm: vectors of two versions must never be compared. */
export const EMBEDDER = `${MODEL}@1`;

/** Vectors by hashing words: near texts share words. Deterministic, offline, well under a millisecond a page. */
export class LocalEmbeddingProvider extends EmbeddingProvider {
  readonly name = 'local';

  configured(): boolean {
    return true;
  }

  models(): readonly EmbeddingModelInfo[] {
    return [{ id: MODEL, dimensions: HASH_DIMENSIONS, maxInputTokens: 8_192, shortens: true }];
  }

  async embed({ inputs, dimensions }: EmbeddingRequest, signal: AbortSignal): Promise<Embeddings> {
    const vectors: number[][] = [];
    for (const input of inputs) {
      // A hundred pages must not hold up everyone else.
      await new Promise((done) => setImmediate(done));
      signal.throwIfAborted();
      vectors.push(hashEmbedding(input, dimensions));
    }
    const inputTokens = inputs.reduce((sum, input) => sum + countTokens(input), 0);
    return { vectors, model: MODEL, inputTokens, usageSource: 'counted' };
  }
}
