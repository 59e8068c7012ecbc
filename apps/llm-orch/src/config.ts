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

  /** Embedding models at OpenAI, comma separated; the first is the default; `none`: no such model there. */
  @IsString()
  openaiEmbeddingModels = 'text-embedding-3-small,text-embedding-3-large';

  /** Moderation models there, in the same way. */
  @IsString()
  openaiModerationModels = 'omni-moderation-latest';

  /** Longest silence within a streamed answer, in milliseconds. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  streamIdleTimeoutMs = 30_000;

  /** Who answers by use case: `default=openai/gpt-4.1-mini,anthropic/claude-haiku-4-5;email=…`; empty: every configured vendor in order. */
  @IsString()
  llmRoutes = '';

  /** After how long without a first token a second provider is asked too, in milliseconds; 0: never. */
  @IsInt()
  @Min(0)
  @Max(600_000)
  hedgeAfterMs = 0;

  /** Calls of one tenant under way at once in one process; further ones wait. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  tenantConcurrency = 64;

  /** How long usage records are kept, in days. */
  @IsInt()
  @Min(32)
  @Max(3_650)
  usageRetentionDays = 400;
}

/** The process environment: read here and nowhere else in this service. */
export function environment(): Environment {
  return process.env;
}
