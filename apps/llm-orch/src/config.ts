import type { Environment } from '@eventzr/config';
import { HouseConfig } from '@eventzr/config';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min } from 'class-validator';

const URL_RULE = { require_tld: false, require_protocol: true };

/** llm-orch's environment. */
export class LlmOrchConfig extends HouseConfig {
  @IsOptional()
  @IsString()
  openaiApiKey?: string;

  /** Any OpenAI-compatible server: OpenAI, Azure, Ollama, vLLM, Groq, OpenRouter. */
  @IsUrl(URL_RULE)
  openaiBaseUrl = 'https://api.openai.com/v1';

  /** The models offered there, comma separated; the first is the default. */
  @IsString()
  openaiModels = 'gpt-4.1-mini,gpt-4.1,gpt-4o-mini';

  @IsOptional()
  @IsString()
  anthropicApiKey?: string;

  @IsUrl(URL_RULE)
  anthropicBaseUrl = 'https://api.anthropic.com';

  @IsString()
  anthropicModels = 'claude-haiku-4-5,claude-haiku-5-5,claude-sonnet-5-5,claude-opus-5-5';

  @IsOptional()
  @IsString()
  googleApiKey?: string;

  /** With the API's version. */
  @IsUrl(URL_RULE)
  googleBaseUrl = 'https://generativelanguage.googleapis.com/v1beta';

  @IsString()
  googleModels = 'gemini-2.5-flash,gemini-4-hydrogen,gemini-4-neon,gemini-2.5-flash-lite';

  /** Bedrock needs region, key id and key of its own: those of the machine are not used. */
  @IsOptional()
  @Matches(/^[a-z]{2}(-[a-z]+)+-\d$/, { message: 'must be a region such as eu-central-1' })
  bedrockRegion?: string;

  @IsOptional()
  @IsString()
  bedrockAccessKeyId?: string;

  @IsOptional()
  @IsString()
  bedrockSecretAccessKey?: string;

  /** Of temporary credentials. */
  @IsOptional()
  @IsString()
  bedrockSessionToken?: string;

  /** Instead of the region's own, such as an endpoint within a private network. */
  @IsOptional()
  @IsUrl(URL_RULE)
  bedrockEndpoint?: string;

  @IsString()
  bedrockModels = 'anthropic.claude-3-sonnet-20240229-v1:0,amazon.nova-lite-v1:0,amazon.nova-pro-v1:0';

  @IsOptional()
  @IsString()
  azureOpenaiApiKey?: string;

  /** Of the resource, e.g. `https://<resource>.openai.azure.com/openai/v1`. */
  @IsOptional()
  @IsUrl(URL_RULE)
  azureOpenaiBaseUrl?: string;

  /** Names of deployments; those named after their model have a price. */
  @IsString()
  azureOpenaiModels = 'gpt-4.1-mini,gpt-4.1';

  @IsOptional()
  @IsString()
  groqApiKey?: string;

  @IsUrl(URL_RULE)
  groqBaseUrl = 'https://api.groq.com/openai/v1';

  @IsString()
  groqModels = 'llama-3.3-70b-versatile,llama-3.1-8b-instant';

  @IsOptional()
  @IsString()
  openrouterApiKey?: string;

  @IsUrl(URL_RULE)
  openrouterBaseUrl = 'https://openrouter.ai/api/v1';

  @IsString()
  openrouterModels = 'openai/gpt-4.1-mini,anthropic/claude-haiku-4.5';

  /** A vLLM server of one's own, e.g. `http://gpu:8000/v1`. */
  @IsOptional()
  @IsUrl(URL_RULE)
  vllmBaseUrl?: string;

  @IsOptional()
  @IsString()
  vllmApiKey?: string;

  @IsString()
  vllmModels = '';

  /** An Ollama server of one's own, e.g. `http://gpu:11434/v1`. */
  @IsOptional()
  @IsUrl(URL_RULE)
  ollamaBaseUrl?: string;

  @IsString()
  ollamaModels = 'llama3.2';

  /** A GGUF file to answer with, through node-llama-cpp, which is installed by hand. */
  @IsOptional()
  @IsString()
  llmGgufPath?: string;

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
