import type { LlamaContext, LlamaHistoryItem, LlamaModule, LlamaPromptOptions } from './llama-module.js';

export interface FakeLlama extends LlamaModule {
  readonly seen: {
    readonly paths: string[];
    readonly histories: (readonly LlamaHistoryItem[])[];
    readonly prompts: { readonly text: string; readonly options: LlamaPromptOptions }[];
    openContexts: number;
    mostOpenContexts: number;
    disposed: boolean;
  };
}

export interface FakeBehaviour {
  /** Answers a prompt; by default it is repeated word by word until `maxTokens`. */
  readonly answer?: (text: string, options: LlamaPromptOptions) => Promise<string>;
  readonly loadError?: Error;
}

/** node-llama-cpp as far as the adapter sees it: words are tokens, contexts are counted, an abort throws. */
export function fakeLlama({ answer, loadError }: FakeBehaviour = {}): FakeLlama {
  const seen: FakeLlama['seen'] = {
    paths: [],
    histories: [],
    prompts: [],
    openContexts: 0,
    mostOpenContexts: 0,
    disposed: false,
  };
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  const createContext = (): Promise<LlamaContext> => {
    seen.openContexts += 1;
    seen.mostOpenContexts = Math.max(seen.mostOpenContexts, seen.openContexts);
    return Promise.resolve({
      getSequence: () => 'sequence',
      dispose: () => {
        seen.openContexts -= 1;
        return Promise.resolve();
      },
    });
  };
  class LlamaChatSession {
    setChatHistory(history: LlamaHistoryItem[]): void {
      seen.histories.push(history);
    }

    async promptWithMeta(text: string, options: LlamaPromptOptions) {
      seen.prompts.push({ text, options });
      options.signal.throwIfAborted();
      const whole = answer ? await answer(text, options) : text;
      options.signal.throwIfAborted();
      const said = words(whole).slice(0, options.maxTokens);
      const stopReason = said.length < words(whole).length ? 'maxTokens' : 'eogToken';
      return { responseText: said.join(' '), stopReason };
    }
  }
  return {
    seen,
    LlamaChatSession,
    getLlama: () =>
      Promise.resolve({
        loadModel: ({ modelPath }) => {
          seen.paths.push(modelPath);
          if (loadError) return Promise.reject(loadError);
          return Promise.resolve({ tokenize: words, createContext });
        },
        getGrammarFor: (type) => Promise.resolve(`grammar of ${type}`),
        dispose: () => {
          seen.disposed = true;
          return Promise.resolve();
        },
      }),
  };
}
