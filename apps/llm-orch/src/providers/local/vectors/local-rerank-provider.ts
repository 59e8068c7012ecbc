import type { Ranking, RerankModelInfo, RerankRequest } from '../../rerank-provider.js';
import { RerankProvider } from '../../rerank-provider.js';
import { countTokens } from '../../token-count.js';
import { singular, wordsOf } from '../words/words.js';
import { hashEmbedding, similarity } from './hash-embedding.js';

const MODEL = 'local-bm25-1';
/** The usual parameters of BM25: how soon repeated words count less, and how much length matters. */
const K1 = 1.2;
const B = 0.75;
/** The rest is likeness of spelling, which finds inflections that exact words miss. */
const SHARE_OF_WORDS = 0.8;

/** Orders documents by the words they share with the query (Okapi BM25) and by likeness of spelling. */
export class LocalRerankProvider extends RerankProvider {
  readonly name = 'local';

  configured(): boolean {
    return true;
  }

  models(): readonly RerankModelInfo[] {
    return [{ id: MODEL, maxDocuments: 100 }];
  }

  async rerank(
    { query, documents, topN = documents.length }: RerankRequest,
    signal: AbortSignal,
  ): Promise<Ranking> {
    const asked = [...new Set(termsOf(query))];
    const target = hashEmbedding(query);
    const read: { terms: string[]; near: number }[] = [];
    for (const document of documents) {
      // A hundred pages must not hold up everyone else.
      await new Promise((done) => setImmediate(done));
      signal.throwIfAborted();
      read.push({ terms: termsOf(document), near: Math.max(0, similarity(target, hashEmbedding(document))) });
    }
    const byWords = bm25(
      asked,
      read.map(({ terms }) => terms),
    );
    const results = read.map(({ near }, index) => ({
      index,
      score: Math.min(1, SHARE_OF_WORDS * (byWords[index] ?? 0) + (1 - SHARE_OF_WORDS) * near),
    }));
    // Equal ones keep their order.
    results.sort((a, b) => b.score - a.score);
    const inputTokens = [query, ...documents].reduce((sum, text) => sum + countTokens(text), 0);
    return { results: results.slice(0, topN), model: MODEL, inputTokens, usageSource: 'counted' };
  }
}

/** Okapi BM25 of each document, as a share of the most that the query could reach: between 0 and 1. */
function bm25(asked: readonly string[], documents: readonly (readonly string[])[]): number[] {
  const average = documents.reduce((sum, terms) => sum + terms.length, 0) / documents.length || 1;
  const weights = asked.map((term) => {
    const having = documents.filter((terms) => terms.includes(term)).length;
    return Math.log(1 + (documents.length - having + 0.5) / (having + 0.5));
  });
  const most = weights.reduce((sum, weight) => sum + weight * (K1 + 1), 0) || 1;
  return documents.map((terms) => {
    const long = K1 * (1 - B + (B * terms.length) / average);
    const reached = asked.reduce((sum, term, at) => {
      const found = terms.filter((word) => word === term).length;
      return sum + ((weights[at] ?? 0) * found * (K1 + 1)) / (found + long);
    }, 0);
    return reached / most;
  });
}

function termsOf(text: string): string[] {
  return wordsOf(text)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map(singular);
}
