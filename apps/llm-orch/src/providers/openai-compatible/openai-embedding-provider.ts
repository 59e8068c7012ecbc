import type { EmbeddingModelInfo, EmbeddingRequest, Embeddings } from '../embedding-provider.js';
import { EmbeddingProvider } from '../embedding-provider.js';
import { countTokens } from '../token-count.js';
import { count, list, record, text } from '../wire/json-shapes.js';
import type { OpenAiEndpointOptions } from './openai-endpoint.js';
import { OpenAiEndpoint } from './openai-endpoint.js';

const BYTES_PER_NUMBER = 4;

export interface OpenAiEmbeddingOptions extends OpenAiEndpointOptions {
  /** The first one is the default. */
  readonly models: readonly EmbeddingModelInfo[];
}

/** Embeddings of any server that speaks OpenAI's API. */
export class OpenAiEmbeddingProvider extends EmbeddingProvider {
  readonly name: string;
  readonly #models: readonly EmbeddingModelInfo[];
  readonly #endpoint: OpenAiEndpoint;

  constructor({ models, ...options }: OpenAiEmbeddingOptions) {
    super();
    this.name = options.name;
    this.#models = models;
    this.#endpoint = new OpenAiEndpoint('embeddings', options);
  }

  configured(): boolean {
    return this.#endpoint.configured && this.#models.length > 0;
  }

  models(): readonly EmbeddingModelInfo[] {
    return this.#models;
  }

  async embed(
    { inputs, model, dimensions, idempotencyKey }: EmbeddingRequest,
    signal: AbortSignal,
  ): Promise<Embeddings> {
    // Base64 is a quarter of the size of written numbers; servers that do not know it send numbers all the same.
    const body = { model, input: inputs, dimensions, encoding_format: 'base64' };
    const answer = record(await this.#endpoint.post(body, idempotencyKey, signal));
    const vectors = vectorsOf(answer, inputs.length);
    if (vectors === undefined) throw this.#endpoint.unreadable();
    const reported = count(record(answer?.['usage'])?.['prompt_tokens']);
    return {
      vectors,
      model: text(answer?.['model']) ?? model,
      inputTokens: reported ?? inputs.reduce((sum, input) => sum + countTokens(input), 0),
      usageSource: reported === undefined ? 'counted' : 'provider',
    };
  }

  /** Ends the pooled connections; calls under way are finished first. */
  close(): Promise<void> {
    return this.#endpoint.close();
  }
}

/** In the order of the inputs, whatever order they came in; undefined when one is missing or of another length. */
function vectorsOf(answer: Record<string, unknown> | undefined, inputs: number): number[][] | undefined {
  const vectors: number[][] = [];
  for (const [place, item] of (list(answer?.['data']) ?? []).entries()) {
    const { index = place, embedding } = record(item) ?? {};
    const vector = numbersOf(embedding);
    if (typeof index !== 'number' || vector === undefined || vector.length === 0) return undefined;
    vectors[index] = vector;
  }
  const [first] = vectors;
  const whole = vectors.length === inputs && first !== undefined;
  // `findIndex` also visits the places that nothing was put into.
  return whole && vectors.findIndex((vector) => (vector as number[] | undefined)?.length !== first.length) < 0
    ? vectors
    : undefined;
}

function numbersOf(embedding: unknown): number[] | undefined {
  const written = list(embedding);
  if (written !== undefined) return written.every(isNumber) ? [...written] : undefined;
  const base64 = text(embedding);
  if (base64 === undefined) return undefined;
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  if (bytes.byteLength % BYTES_PER_NUMBER !== 0) return undefined;
  const numbers = [...new Float32Array(bytes.buffer)];
  return numbers.every(isNumber) ? numbers : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
