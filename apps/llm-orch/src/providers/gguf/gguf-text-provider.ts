import { basename } from 'node:path';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Completion, CompletionRequest, ModelInfo } from '../text-provider.js';
import { ProviderFault, TextProvider } from '../text-provider.js';
import type { Llama, LlamaHistoryItem, LlamaModel, LlamaModule, LlamaPromptOptions } from './llama-module.js';

const CONTEXT_TOKENS = 8_192;
/** Chat templates put a few tokens around every message. */
const FRAMING_TOKENS = 8;
const MOST_WAITING = 64;
const LIMIT = 'a language model on this machine: slower and weaker than a vendor’s, answers may be wrong';

export interface GgufOptions {
  /** Path of the GGUF file. */
  readonly modelPath: string;
  readonly llama: LlamaModule;
  /** Tokens of prompt and answer together. */
  readonly contextTokens?: number;
}

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
}

/** A GGUF model on this machine through node-llama-cpp; one answer at a time, as the processor has no more to give. */
export class GgufTextProvider extends TextProvider implements OnModuleDestroy {
  readonly name = 'gguf';
  private readonly contextTokens: number;
  private loaded: Promise<Loaded> | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(private readonly options: GgufOptions) {
    super();
    this.contextTokens = options.contextTokens ?? CONTEXT_TOKENS;
  }

  configured(): boolean {
    return true;
  }

  models(): readonly ModelInfo[] {
    return [
      {
        id: basename(this.options.modelPath).replace(/\.gguf$/i, ''),
        contextWindowTokens: this.contextTokens,
        maxOutputTokens: Math.floor(this.contextTokens / 2),
        capabilities: ['text', 'json'],
        description: 'A GGUF model run on this machine by llama.cpp.',
      },
    ];
  }

  /** @throws ProviderFault `overloaded` when too many wait, `server` when the model breaks or cannot be loaded, `context_length` when the request does not fit */
  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    if (this.waiting >= MOST_WAITING) {
      throw new ProviderFault({ provider: this.name, kind: 'overloaded' }, 'too many requests are waiting');
    }
    this.waiting += 1;
    const turn = this.tail.then(() => this.answer(request, signal));
    this.tail = turn.catch(() => undefined);
    return turn.finally(() => {
      this.waiting -= 1;
    });
  }

  async onModuleDestroy(): Promise<void> {
    const loaded = await this.loaded?.catch(() => undefined);
    await loaded?.llama.dispose();
  }

  private async answer(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    const { llama, model } = await this.load();
    const inputTokens = request.messages.reduce(
      (sum, { content }) => sum + model.tokenize(content).length + FRAMING_TOKENS,
      0,
    );
    if (inputTokens + request.maxTokens > this.contextTokens) {
      throw new ProviderFault({ provider: this.name, kind: 'context_length' });
    }
    const context = await model.createContext({ contextSize: this.contextTokens });
    try {
      const session = new this.options.llama.LlamaChatSession({ contextSequence: context.getSequence() });
      const { history, prompt } = conversationOf(request);
      session.setChatHistory(history);
      const options = await promptOptions(request, signal, llama);
      const { responseText, stopReason } = await session.promptWithMeta(prompt, options);
      return {
        text: responseText,
        model: this.models()[0]?.id ?? this.name,
        finishReason: stopReason === 'maxTokens' ? 'length' : 'stop',
        usage: {
          inputTokens,
          outputTokens: model.tokenize(responseText).length,
          cachedTokens: 0,
          source: 'counted',
        },
        limits: [LIMIT],
      };
    } catch (error) {
      signal.throwIfAborted();
      throw new ProviderFault({ provider: this.name, kind: 'server' }, 'the model broke', {
        cause: error,
      });
    } finally {
      await context.dispose();
    }
  }

  /** Loading takes seconds and gigabytes: at the first request, and anew after a failure. */
  private load(): Promise<Loaded> {
    this.loaded ??= this.open().catch((error: unknown) => {
      this.loaded = undefined;
      const fault = { provider: this.name, kind: 'server', executed: 'no' } as const;
      throw new ProviderFault(fault, 'the model cannot be loaded', { cause: error });
    });
    return this.loaded;
  }

  private async open(): Promise<Loaded> {
    const llama = await this.options.llama.getLlama({ logLevel: 'error' });
    return { llama, model: await llama.loadModel({ modelPath: this.options.modelPath }) };
  }
}

/** Everything before the last user message is history; system messages stand in front of it. */
function conversationOf({ messages }: CompletionRequest): { history: LlamaHistoryItem[]; prompt: string } {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const history = messages
    .filter((_message, index) => index !== last)
    .map(({ role, content }): LlamaHistoryItem =>
      role === 'assistant'
        ? { type: 'model', response: [content] }
        : { type: role === 'system' ? 'system' : 'user', text: content },
    );
  return { history, prompt: messages[last]?.content ?? '' };
}

async function promptOptions(
  { maxTokens, temperature, topP, seed, stop, responseFormat }: CompletionRequest,
  signal: AbortSignal,
  llama: Llama,
): Promise<LlamaPromptOptions> {
  return {
    maxTokens,
    signal,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined || stop.length === 0 ? {} : { customStopTriggers: stop }),
    ...(responseFormat === 'json' ? { grammar: await llama.getGrammarFor('json') } : {}),
  };
}
