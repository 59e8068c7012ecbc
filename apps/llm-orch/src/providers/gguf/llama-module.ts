/** The part of node-llama-cpp (version 3) that is used here; its own types are not there before it is installed. */
export interface LlamaModule {
  getLlama(options?: { logLevel?: string }): Promise<Llama>;
  readonly LlamaChatSession: new (options: { contextSequence: unknown }) => LlamaSession;
}

export interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  getGrammarFor(type: 'json'): Promise<unknown>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  tokenize(text: string): readonly unknown[];
  createContext(options: { contextSize: number }): Promise<LlamaContext>;
}

export interface LlamaContext {
  getSequence(): unknown;
  dispose(): Promise<void>;
}

export type LlamaHistoryItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

export interface LlamaPromptOptions {
  readonly maxTokens: number;
  readonly signal: AbortSignal;
  readonly temperature?: number;
  readonly topP?: number;
  readonly seed?: number;
  readonly customStopTriggers?: readonly string[];
  readonly grammar?: unknown;
}

export interface LlamaSession {
  setChatHistory(history: LlamaHistoryItem[]): void;
  promptWithMeta(
    text: string,
    options: LlamaPromptOptions,
  ): Promise<{ readonly responseText: string; readonly stopReason: string }>;
}

/** A name that the compiler does not look up: the package is installed by those who want it. */
const PACKAGE: string = 'node-llama-cpp';
/** What to type when it is missing; outside `package.json`, because its binaries are large and most do not need them. */
export const INSTALL_LINE = `npm install -w apps/llm-orch --no-save ${PACKAGE}@3`;

export function importLlama(): Promise<unknown> {
  return import(PACKAGE);
}

/** Whether an import failed because the package is not there, not because it broke while loading. */
export function isMissing(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('message' in error))
    return false;
  const { code, message } = error;
  return (
    (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && String(message).includes(PACKAGE)
  );
}

export function isLlamaModule(module: unknown): module is LlamaModule {
  return (
    typeof module === 'object' &&
    module !== null &&
    'getLlama' in module &&
    typeof module.getLlama === 'function' &&
    'LlamaChatSession' in module &&
    typeof module.LlamaChatSession === 'function'
  );
}
