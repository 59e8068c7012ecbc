import type { Completion, CompletionChunk, CompletionRequest } from '../completion.js';
import { countedUsage, USAGE_IS_COUNTED } from '../completion-chunks.js';
import type { ModelInfo } from '../text-provider.js';
import { TextProvider } from '../text-provider.js';
import { list, record, text } from '../wire/json-shapes.js';
import { serverSentEvents } from '../wire/server-sent-events.js';
import type { VendorAnswer, VendorCall, VendorHttpOptions } from '../wire/vendor-http.js';
import { VendorHttp } from '../wire/vendor-http.js';
import type { ChatAnswer } from './openai-answer.js';
import { finishReasonOf, fromChatBody } from './openai-answer.js';
import { faultInStream, faultOfStatus } from './openai-faults.js';
import type { MaxTokensField } from './openai-request.js';
import { isReasoningModel, toChatBody } from './openai-request.js';
import { OpenAiStreamReader } from './openai-stream.js';

/** One broken event may be a hiccup of a proxy; two are a broken stream. */
const MOST_MALFORMED_EVENTS = 1;

export interface OpenAiCompatibleOptions extends Omit<VendorHttpOptions, 'provider'> {
  /** The provider's name in requests and answers, e.g. `openai` or `ollama`. */
  readonly name: string;
  /** Absent or empty: not configured, unless `keyless`. */
  readonly apiKey?: string;
  /** With version path and without the operation, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** The first one is the default. */
  readonly models: readonly ModelInfo[];
  /** For servers that want no key, such as Ollama or vLLM on the own network. */
  readonly keyless?: boolean;
  /** Default: `max_completion_tokens` at OpenAI, Azure and for reasoning models, else the older `max_tokens`. */
  readonly maxTokensField?: MaxTokensField;
  readonly now?: () => Date;
}

/** Any server that speaks OpenAI's chat completions: OpenAI, Azure, Ollama, vLLM, Groq, OpenRouter. */
export class OpenAiCompatibleTextProvider extends TextProvider {
  readonly name: string;
  readonly #options: OpenAiCompatibleOptions;
  readonly #url: string;
  readonly #http: VendorHttp;

  constructor(options: OpenAiCompatibleOptions) {
    super();
    this.name = options.name;
    this.#options = options;
    this.#url = `${this.#baseUrl()}/chat/completions`;
    this.#http = new VendorHttp({ ...options, provider: options.name });
  }

  configured(): boolean {
    const keyed = this.#options.keyless === true || (this.#options.apiKey ?? '') !== '';
    return keyed && this.#options.baseUrl !== '' && this.#options.models.length > 0;
  }

  models(): readonly ModelInfo[] {
    return this.#options.models;
  }

  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    const body = await this.#http.post(this.#call(request, false), signal, this.#faultOf);
    const answer = fromChatBody(body);
    // Routers such as OpenRouter tell within a 200 what the vendor behind them refused.
    if (!answer && record(body)?.['error'] !== undefined) throw faultInStream(this.name, body);
    if (!answer) throw this.#http.fault('server', 'the answer is not a chat completion');
    return this.#completion(request, answer);
  }

  override async *stream(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    const reader = new OpenAiStreamReader();
    const bytes = this.#http.stream(this.#call(request, true), signal, this.#faultOf, () => reader.done);
    for await (const events of serverSentEvents(bytes)) {
      for (const { data } of events) {
        yield* reader.read(data);
        if (reader.error !== undefined) throw faultInStream(this.name, reader.error);
        if (reader.malformed > MOST_MALFORMED_EVENTS)
          throw this.#http.fault('server', 'the stream cannot be read');
      }
      if (reader.done) break;
    }
    if (!reader.complete) throw this.#http.fault('transport', 'the stream was cut');
    const finishReason = reader.finishReason();
    if (finishReason === undefined) throw this.#withheld();
    const limits = limitsOf(request);
    yield { type: 'finish', finishReason, model: reader.model ?? request.model, limits };
  }

  override async probe(signal: AbortSignal): Promise<readonly string[]> {
    const call = { url: `${this.#baseUrl()}/models`, headers: this.#authorization() };
    const offered = list(record(await this.#http.get(call, signal, this.#faultOf))?.['data']) ?? [];
    const ids = new Set(offered.map((model) => text(record(model)?.['id'])));
    return this.models().flatMap(({ id }) => (ids.has(id) ? [] : [id]));
  }

  /** Ends the pooled connections; calls under way are finished first. */
  async close(): Promise<void> {
    await this.#http.close();
  }

  #completion(request: CompletionRequest, answer: ChatAnswer): Completion {
    const { text: said, toolCalls, refusal, usage } = answer;
    const finishReason = finishReasonOf(answer.finishReason, toolCalls.length > 0);
    if (finishReason === undefined || (said === '' && refusal)) throw this.#withheld();
    const written = said + toolCalls.map((call) => call.name + call.arguments).join('');
    return {
      text: said,
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
      model: answer.model ?? request.model,
      finishReason,
      usage: usage ?? countedUsage(request, written),
      limits: [...limitsOf(request), ...(usage ? [] : [USAGE_IS_COUNTED])],
    };
  }

  readonly #faultOf = (answer: VendorAnswer) => faultOfStatus(this.name, answer, this.#now());

  #call(request: CompletionRequest, stream: boolean): VendorCall {
    return {
      url: this.#url,
      headers: { ...this.#authorization(), 'idempotency-key': request.idempotencyKey },
      body: toChatBody(request, { maxTokensField: this.#maxTokensField(request.model), stream }),
    };
  }

  #authorization(): Record<string, string> {
    const key = this.#options.apiKey ?? '';
    if (key === '') return {};
    return this.#isAzure() ? { 'api-key': key } : { authorization: `Bearer ${key}` };
  }

  #baseUrl(): string {
    return this.#options.baseUrl.replace(/\/+$/, '');
  }

  #maxTokensField(model: string): MaxTokensField {
    if (this.#options.maxTokensField) return this.#options.maxTokensField;
    const modern =
      this.#isAzure() || new URL(this.#url).hostname === 'api.openai.com' || isReasoningModel(model);
    return modern ? 'max_completion_tokens' : 'max_tokens';
  }

  /** By its name too: it may stand behind a gateway of one's own. */
  #isAzure(): boolean {
    return this.name === 'azure' || isAzureHost(this.#url);
  }

  #withheld() {
    return this.#http.fault('content_filter', 'the vendor withheld the answer');
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

export function isAzureHost(url: string): boolean {
  return /\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/.test(URL.parse(url)?.hostname ?? '');
}

function limitsOf({ model, temperature, topP, stop }: CompletionRequest): string[] {
  const ignored =
    isReasoningModel(model) && (temperature !== undefined || topP !== undefined || (stop?.length ?? 0) > 0);
  return ignored ? [`${model} takes no temperature, topP or stop: they were not sent`] : [];
}
