import { Agent, request as send } from 'undici';
import type { Completion, CompletionRequest, ModelInfo } from '../text-provider.js';
import { ProviderFault, TextProvider } from '../text-provider.js';
import { faultOfStatus, faultOfTransport } from './openai-faults.js';
import type { ChatAnswer, MaxTokensField } from './openai-wire.js';
import { countedUsage, fromChatBody, isReasoningModel, toChatBody } from './openai-wire.js';

/** The largest answer we read: 8,192 tokens are some 50 kB, so more than this is not an answer. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;

export interface OpenAiCompatibleOptions {
  /** The provider's name in requests and answers, e.g. `openai` or `ollama`. */
  readonly name: string;
  /** Absent or empty: not configured, unless `keyless`. */
  readonly apiKey?: string;
  /** With version path and without the operation, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** The first one is the default. */
  readonly models: readonly ModelInfo[];
  /** For the whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** Until the answer begins, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** For servers that want no key, such as Ollama or vLLM on the own network. */
  readonly keyless?: boolean;
  /** Default: `max_completion_tokens` at OpenAI, Azure and for reasoning models, else the older `max_tokens`. */
  readonly maxTokensField?: MaxTokensField;
  /** Open connections at most; further calls wait in line. */
  readonly connections?: number;
  readonly now?: () => Date;
}

/** Any server that speaks OpenAI's chat completions: OpenAI, Azure, Ollama, vLLM, Groq, OpenRouter. */
export class OpenAiCompatibleTextProvider extends TextProvider {
  readonly name: string;
  readonly #options: OpenAiCompatibleOptions;
  readonly #url: string;
  readonly #agent: Agent;

  constructor(options: OpenAiCompatibleOptions) {
    super();
    this.name = options.name;
    this.#options = options;
    this.#url = chatUrl(options.baseUrl);
    this.#agent = new Agent({
      connections: options.connections ?? 64,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: options.headersTimeoutMs,
      bodyTimeout: options.timeoutMs,
    });
  }

  configured(): boolean {
    const keyed = this.#options.keyless === true || (this.#options.apiKey ?? '') !== '';
    return keyed && this.#options.baseUrl !== '' && this.#options.models.length > 0;
  }

  models(): readonly ModelInfo[] {
    return this.#options.models;
  }

  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    const body = await this.#exchange(request, signal);
    const answer = fromChatBody(body);
    if (!answer) throw this.#fault('unknown_outcome', 'the answer is not a chat completion');
    return this.#completion(request, answer);
  }

  /** Ends the pooled connections; calls under way are finished first. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #exchange(request: CompletionRequest, signal: AbortSignal): Promise<unknown> {
    try {
      const response = await send(this.#url, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: AbortSignal.any([signal, AbortSignal.timeout(this.#options.timeoutMs)]),
        headers: this.#headers(request),
        body: JSON.stringify(toChatBody(request, this.#maxTokensField(request.model))),
      });
      const { statusCode, headers } = response;
      const text = await readText(response.body);
      if (statusCode >= 400) throw faultOfStatus(this.name, statusCode, headers, parsed(text), this.#now());
      if (statusCode !== 200) throw this.#fault('rejected', `HTTP ${statusCode}`);
      return parsed(text);
    } catch (error) {
      // The caller's own abort is no fault of the provider and must not open its breaker.
      if (signal.aborted) throw signal.reason;
      throw error instanceof ProviderFault ? error : faultOfTransport(this.name, error);
    }
  }

  #completion(request: CompletionRequest, answer: ChatAnswer): Completion {
    const { finishReason, text } = answer;
    if (finishReason === 'content_filter' || (text === '' && answer.refusal)) {
      throw this.#fault('moderated', 'the vendor withheld the answer');
    }
    const limits = [
      ...(answer.usage ? [] : ['token counts are our estimate: the server sent no usage']),
      ...(ignoresSampling(request)
        ? [`${request.model} takes no temperature, topP or stop: they were not sent`]
        : []),
    ];
    return {
      text,
      model: answer.model ?? request.model,
      finishReason: finishReason === 'length' ? 'length' : 'stop',
      usage: answer.usage ?? countedUsage(request, text),
      limits,
    };
  }

  #headers(request: CompletionRequest): Record<string, string> {
    const key = this.#options.apiKey ?? '';
    const auth: Record<string, string> =
      key === '' ? {} : isAzure(this.#url) ? { 'api-key': key } : { authorization: `Bearer ${key}` };
    return {
      ...auth,
      'content-type': 'application/json',
      accept: 'application/json',
      'idempotency-key': request.idempotencyKey,
    };
  }

  #maxTokensField(model: string): MaxTokensField {
    if (this.#options.maxTokensField) return this.#options.maxTokensField;
    const modern =
      isAzure(this.#url) || new URL(this.#url).hostname === 'api.openai.com' || isReasoningModel(model);
    return modern ? 'max_completion_tokens' : 'max_tokens';
  }

  #fault(kind: ProviderFault['kind'], message: string): ProviderFault {
    return new ProviderFault({ provider: this.name, kind }, message);
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

function chatUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/chat/completions`;
}

function isAzure(url: string): boolean {
  return /\.(?:openai|services\.ai|cognitiveservices)\.azure\.com$/.test(URL.parse(url)?.hostname ?? '');
}

function ignoresSampling({ model, temperature, topP, stop }: CompletionRequest): boolean {
  return (
    isReasoningModel(model) && (temperature !== undefined || topP !== undefined || (stop?.length ?? 0) > 0)
  );
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('the answer is larger than any completion');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined for what is not JSON: proxies answer errors in HTML. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
