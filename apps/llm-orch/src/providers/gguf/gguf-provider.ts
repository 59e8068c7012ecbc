import { GgufTextProvider } from './gguf-text-provider.js';
import { importLlama, INSTALL_LINE, isLlamaModule, isMissing } from './llama-module.js';

export interface GgufWiring {
  /** Value of `LLM_GGUF_PATH`; nothing is imported without it. */
  readonly modelPath: string | undefined;
  /** Where the install line goes when the package is missing. */
  readonly warn: (message: string) => void;
  /** Another way to the package than its name, for tests. */
  readonly load?: () => Promise<unknown>;
}

/**
 * The GGUF provider where a model is configured and node-llama-cpp is installed, else undefined. A missing package
 * keeps the service running without it and says what to type.
 */
export async function ggufProvider({
  modelPath,
  warn,
  load = importLlama,
}: GgufWiring): Promise<GgufTextProvider | undefined> {
  if (modelPath === undefined || modelPath === '') return undefined;
  try {
    const llama = await load();
    if (isLlamaModule(llama)) return new GgufTextProvider({ modelPath, llama });
    warn(`LLM_GGUF_PATH is set, but node-llama-cpp is of another version. Install it with: ${INSTALL_LINE}`);
  } catch (error) {
    if (!isMissing(error)) throw error;
    warn(`LLM_GGUF_PATH is set, but node-llama-cpp is not installed. Install it with: ${INSTALL_LINE}`);
  }
  return undefined;
}
