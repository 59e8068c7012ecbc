/** USD list price of one model. Rates are whole micro-USD per million tokens: 150_000 is $0.15 per 1M. */
export interface ModelPrice {
  readonly provider: string;
  readonly model: string;
  readonly inputMicroUsdPerMTok: number;
  /** Rate of input tokens that the vendor answered from its prompt cache. */
  readonly cachedInputMicroUsdPerMTok: number;
  /** Rate of input written to the vendor's prompt cache for minutes; absent: the fresh rate. */
  readonly cacheWriteMicroUsdPerMTok?: number;
  /** The same for an hour; absent: the rate for minutes. */
  readonly cacheWriteHourMicroUsdPerMTok?: number;
  /** Absent: the fresh rate, as for images. */
  readonly audioInputMicroUsdPerMTok?: number;
  readonly imageInputMicroUsdPerMTok?: number;
  /** 0 only for models that write nothing, such as embedders. */
  readonly outputMicroUsdPerMTok: number;
  /** Absent: the output rate, as for audio. */
  readonly reasoningMicroUsdPerMTok?: number;
  readonly audioOutputMicroUsdPerMTok?: number;
}

/** Stored with every charge, so that an old bill can be explained after the table has changed. */
export const PRICE_VERSION = '2026-11-27.2';

/**
 * Days on which the rows were written down, as public standard-tier list prices; check a row before billing by it. Those
 * of 2026-11-22 are from memory, those of 2026-11-27 from published tables, mostly other tools' copies of the vendors'
 * own. Where a vendor prices long prompts or some regions higher, or has announced a rise, the row carries the dearest
 * rate so that no ceiling can be passed; where no rate for cached input was found, it is the fresh one.
 */
export const PRICES_NOTED_ON: Readonly<Record<string, string>> = {
  local: '2026-11-22',
  gguf: '2026-11-27',
  openai: '2026-11-22',
  groq: '2026-11-22',
  anthropic: '2026-11-27',
  google: '2026-11-27',
  'aws-bedrock': '2026-11-27',
};

/** Stands for every model of a provider. */
export const ANY_MODEL = '*';

type Row = readonly [provider: string, model: string, input: number, cachedInput: number, output: number];

/** Vendors whose models OpenRouter passes on at their own prices. */
const ROUTED: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google']);

const VENDOR_ROWS: readonly Row[] = [
  // A token price for the planner on our own machines, so that ceilings can be tried without a vendor.
  ['local', 'local-planner-1', 50_000, 50_000, 200_000],
  ['local', 'local-allocator-1', 50_000, 50_000, 200_000],
  ['local', 'local-checklist-1', 50_000, 50_000, 200_000],
  ['local', 'local-hash-512', 10_000, 10_000, 0],
  ['local', 'local-bm25-1', 10_000, 10_000, 0],
  ['openai', 'text-embedding-3-small', 20_000, 20_000, 0],
  ['openai', 'text-embedding-3-large', 130_000, 130_000, 0],
  ['openai', 'gpt-4o-mini', 150_000, 75_000, 600_000],
  ['openai', 'gpt-4o', 2_500_000, 1_250_000, 10_000_000],
  ['openai', 'gpt-4.1', 2_000_000, 500_000, 8_000_000],
  ['openai', 'gpt-4.1-mini', 400_000, 100_000, 1_600_000],
  ['openai', 'gpt-4.1-nano', 100_000, 25_000, 400_000],
  ['openai', 'o4-mini', 1_100_000, 275_000, 4_400_000],
  ['openai', 'gpt-5', 1_250_000, 125_000, 10_000_000],
  ['openai', 'gpt-5-mini', 250_000, 25_000, 2_000_000],
  ['openai', 'gpt-5-nano', 50_000, 5_000, 400_000],
  ['anthropic', 'claude-fable-5-1', 10_000_000, 250_000, 50_000_000],
  ['anthropic', 'claude-fable-5', 10_000_000, 1_000_000, 50_000_000],
  ['anthropic', 'claude-opus-5-5', 4_000_000, 200_000, 20_000_000],
  ['anthropic', 'claude-opus-5', 5_000_000, 500_000, 25_000_000],
  ['anthropic', 'claude-opus-4-8', 5_000_000, 500_000, 25_000_000],
  ['anthropic', 'claude-opus-4-7', 5_000_000, 500_000, 25_000_000],
  ['anthropic', 'claude-opus-4-6', 5_000_000, 500_000, 25_000_000],
  ['anthropic', 'claude-opus-4-5', 5_000_000, 500_000, 25_000_000],
  ['anthropic', 'claude-sonnet-5-5', 2_000_000, 100_000, 10_000_000],
  ['anthropic', 'claude-sonnet-5', 2_000_000, 200_000, 10_000_000],
  ['anthropic', 'claude-sonnet-4-6', 6_000_000, 600_000, 22_500_000],
  ['anthropic', 'claude-sonnet-4-5', 6_000_000, 600_000, 22_500_000],
  ['anthropic', 'claude-haiku-5-5', 500_000, 50_000, 2_500_000],
  ['anthropic', 'claude-haiku-4-5', 1_000_000, 100_000, 5_000_000],
  ['google', 'gemini-4-argon', 4_000_000, 200_000, 20_000_000],
  ['google', 'gemini-4-neon', 3_000_000, 150_000, 15_000_000],
  ['google', 'gemini-4-hydrogen', 1_500_000, 75_000, 7_500_000],
  ['google', 'gemini-3.5-flash', 1_500_000, 1_500_000, 9_000_000],
  ['google', 'gemini-3.1-pro-preview', 4_000_000, 4_000_000, 18_000_000],
  ['google', 'gemini-3.1-flash-lite', 250_000, 25_000, 1_500_000],
  ['google', 'gemini-3-flash-preview', 500_000, 50_000, 3_000_000],
  ['google', 'gemini-2.5-pro', 2_500_000, 250_000, 15_000_000],
  ['google', 'gemini-2.5-flash', 300_000, 30_000, 2_500_000],
  ['google', 'gemini-2.5-flash-lite', 100_000, 10_000, 400_000],
  ['aws-bedrock', 'anthropic.claude-3-sonnet-20240229-v1:0', 3_000_000, 3_000_000, 15_000_000],
  ['aws-bedrock', 'anthropic.claude-3-haiku-20240307-v1:0', 250_000, 250_000, 1_250_000],
  ['aws-bedrock', 'amazon.nova-micro-v1:0', 35_000, 35_000, 140_000],
  ['aws-bedrock', 'amazon.nova-lite-v1:0', 60_000, 60_000, 240_000],
  ['aws-bedrock', 'amazon.nova-pro-v1:0', 800_000, 800_000, 3_200_000],
  // Groups of regions, at a tenth more than the vendor's own, which most of them cost.
  ...inRegions('anthropic.claude-opus-5-5', 4_400_000, 220_000, 22_000_000),
  ...inRegions('anthropic.claude-sonnet-5-5', 2_200_000, 110_000, 11_000_000),
  ...inRegions('anthropic.claude-haiku-5-5', 550_000, 55_000, 2_750_000),
  ...inRegions('anthropic.claude-sonnet-4-5-20250929-v1:0', 6_600_000, 660_000, 24_750_000),
  ...inRegions('anthropic.claude-haiku-4-5-20251001-v1:0', 1_100_000, 110_000, 5_500_000),
  ['groq', 'llama-3.3-70b-versatile', 590_000, 590_000, 790_000],
  ['groq', 'llama-3.1-8b-instant', 50_000, 50_000, 80_000],
  ['groq', 'openai/gpt-oss-120b', 150_000, 150_000, 600_000],
  ['groq', 'openai/gpt-oss-20b', 100_000, 100_000, 500_000],
];

/** Models at others than their vendors, after them: whoever asks for a model by its name means the vendor's own. */
const ROWS: readonly Row[] = [
  ...VENDOR_ROWS,
  ...VENDOR_ROWS.flatMap(([provider, ...row]): Row[] => (provider === 'openai' ? [['azure', ...row]] : [])),
  ...VENDOR_ROWS.flatMap(([provider, model, ...rates]): Row[] =>
    ROUTED.has(provider) ? [['openrouter', routedName(provider, model), ...rates]] : [],
  ),
  // Machines of one's own: a token price for whatever runs there, as for the local planner.
  ['gguf', ANY_MODEL, 50_000, 50_000, 200_000],
  ['ollama', ANY_MODEL, 50_000, 50_000, 200_000],
  ['vllm', ANY_MODEL, 50_000, 50_000, 200_000],
];

function inRegions(model: string, ...rates: readonly [number, number, number]): Row[] {
  return ['global', 'us', 'eu', 'apac'].map((group) => ['aws-bedrock', `${group}.${model}`, ...rates]);
}

/** OpenRouter names models after their vendors and writes versions with a dot: `anthropic/claude-opus-5.5`. */
function routedName(provider: string, model: string): string {
  return `${provider}/${provider === 'anthropic' ? model.replace(/-(\d+)-(\d+)$/, '-$1.$2') : model}`;
}

/** What Claude's cache costs to write, at whoever's: a multiple of the fresh rate, in hundredths. */
const CLAUDE_CACHE_WRITES = { minutes: 125, hour: 200 } as const;

export const PRICE_TABLE: readonly ModelPrice[] = ROWS.map(
  ([provider, model, input, cachedInput, output]) => ({
    provider,
    model,
    inputMicroUsdPerMTok: input,
    cachedInputMicroUsdPerMTok: cachedInput,
    outputMicroUsdPerMTok: output,
    ...cacheWriteRates(model, input),
  }),
);

function cacheWriteRates(model: string, input: number): Partial<ModelPrice> {
  if (!model.includes('claude')) return {};
  return {
    cacheWriteMicroUsdPerMTok: (input * CLAUDE_CACHE_WRITES.minutes) / 100,
    cacheWriteHourMicroUsdPerMTok: (input * CLAUDE_CACHE_WRITES.hour) / 100,
  };
}
