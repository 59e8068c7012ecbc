import type { Moderation, ModerationModelInfo, ModerationRequest, Verdict } from '../moderation-provider.js';
import { ModerationProvider } from '../moderation-provider.js';
import { list, record, text } from '../wire/json-shapes.js';
import type { OpenAiEndpointOptions } from './openai-endpoint.js';
import { OpenAiEndpoint } from './openai-endpoint.js';

export interface OpenAiModerationOptions extends OpenAiEndpointOptions {
  /** The first one is the default. */
  readonly models: readonly ModerationModelInfo[];
}

/** Moderation by OpenAI, which charges nothing for it. */
export class OpenAiModerationProvider extends ModerationProvider {
  readonly name: string;
  readonly #models: readonly ModerationModelInfo[];
  readonly #endpoint: OpenAiEndpoint;

  constructor({ models, ...options }: OpenAiModerationOptions) {
    super();
    this.name = options.name;
    this.#models = models;
    this.#endpoint = new OpenAiEndpoint('moderations', options);
  }

  configured(): boolean {
    return this.#endpoint.configured && this.#models.length > 0;
  }

  models(): readonly ModerationModelInfo[] {
    return this.#models;
  }

  async moderate(
    { inputs, model, idempotencyKey }: ModerationRequest,
    signal: AbortSignal,
  ): Promise<Moderation> {
    const answer = record(await this.#endpoint.post({ model, input: inputs }, idempotencyKey, signal));
    const verdicts = (list(answer?.['results']) ?? []).map(verdictOf);
    const known = verdicts.filter((verdict) => verdict !== undefined);
    // A text without a verdict must not pass for one that was judged.
    if (known.length !== inputs.length || known.length !== verdicts.length) throw this.#endpoint.unreadable();
    return { verdicts: known, model: text(answer?.['model']) ?? model };
  }

  /** Ends the pooled connections; calls under way are finished first. */
  close(): Promise<void> {
    return this.#endpoint.close();
  }
}

function verdictOf(result: unknown): Verdict | undefined {
  const { flagged, categories, category_scores: scores } = record(result) ?? {};
  const [named, scored] = [record(categories), record(scores)];
  if (typeof flagged !== 'boolean' || named === undefined || scored === undefined) return undefined;
  return {
    flagged,
    categories: ofType(named, (value): value is boolean => typeof value === 'boolean'),
    scores: ofType(scored, (value): value is number => typeof value === 'number'),
  };
}

function ofType<T>(values: Record<string, unknown>, is: (value: unknown) => value is T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => is(entry[1])));
}
