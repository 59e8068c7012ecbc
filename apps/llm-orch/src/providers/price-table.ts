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
export const PRICE_VERSION = '2026-11-27.1';

/**
 * Day on which the rows were written down, from memory of the vendors' public standard-tier list prices; the vendors'
 * pages were not read again that day, so check a row before billing by it. Where a vendor prices long prompts higher,
 * the row carries the dearest tier so that no ceiling can be passed.
 */
export const PRICES_NOTED_ON = '2026-11-22';

type Row = readonly [provider: string, model: string, input: number, cachedInput: number, output: number];

const ROWS: readonly Row[] = [
  // A token price for the planner on our own machines, so that ceilings can be tried without a vendor.
  ['local', 'local-planner-1', 50_000, 50_000, 200_000],
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
  ['anthropic', 'claude-sonnet-4-5', 6_000_000, 600_000, 22_500_000],
  ['anthropic', 'claude-haiku-4-5', 1_000_000, 100_000, 5_000_000],
  ['google', 'gemini-2.5-pro', 2_500_000, 250_000, 15_000_000],
  ['google', 'gemini-2.5-flash', 300_000, 30_000, 2_500_000],
  ['google', 'gemini-2.5-flash-lite', 100_000, 10_000, 400_000],
];

/** Rates that a vendor has beside the three of its row, by provider: a multiple of the fresh rate, in hundredths. */
const CACHE_WRITES: Readonly<Record<string, { minutes: number; hour: number }>> = {
  anthropic: { minutes: 125, hour: 200 },
};

export const PRICE_TABLE: readonly ModelPrice[] = ROWS.map(
  ([provider, model, input, cachedInput, output]) => ({
    provider,
    model,
    inputMicroUsdPerMTok: input,
    cachedInputMicroUsdPerMTok: cachedInput,
    outputMicroUsdPerMTok: output,
    ...cacheWriteRates(provider, input),
  }),
);

function cacheWriteRates(provider: string, input: number): Partial<ModelPrice> {
  const writes = CACHE_WRITES[provider];
  if (writes === undefined) return {};
  return {
    cacheWriteMicroUsdPerMTok: (input * writes.minutes) / 100,
    cacheWriteHourMicroUsdPerMTok: (input * writes.hour) / 100,
  };
}
