import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';

/** llm-orch's environment. */
export class LlmOrchConfig extends HouseConfig {
  @IsOptional()
  @IsString()
  openaiApiKey?: string;

  /** Any OpenAI-compatible server: OpenAI, Azure, Ollama, vLLM, Groq, OpenRouter. */
  @IsUrl({ require_tld: false, require_protocol: true })
  openaiBaseUrl = 'https://api.openai.com/v1';

  /** The models offered there, comma separated; the first is the default. */
  @IsString()
  openaiModels = 'gpt-4.1-mini,gpt-4.1,gpt-4o-mini';

  /** Longest wait for one answer, in milliseconds. */
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  inferenceTimeoutMs = 60_000;

  /** Whether answers may be given again. */
  @IsIn(['on', 'off'])
  completionCache: 'on' | 'off' = 'on';

  /** How long, in seconds. */
  @IsInt()
  @Min(1)
  @Max(604_800)
  completionCacheTtlSeconds = 3_600;

  /** How many of one tenant, at most; the oldest leave first. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  completionCacheEntries = 2_000;

  /** Embedding models at OpenAI, comma separated; the first is the default. */
  @IsString()
  openaiEmbeddingModels = 'text-embedding-3-small,text-embedding-3-large';

  /** Moderation models there, in the same way. */
  @IsString()
  openaiModerationModels = 'omni-moderation-latest';
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
