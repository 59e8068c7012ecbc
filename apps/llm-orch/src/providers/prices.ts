import { isAscii } from 'node:buffer';
import type { CompletionRequest, TokenBuckets } from './completion.js';
import { priceFaults } from './price-faults.js';
import type { ModelPrice } from './price-table.js';
import { ANY_MODEL, PRICE_TABLE } from './price-table.js';

const TOKENS_PER_RATE = 1_000_000n;

/** Chat framing, role names and a tokenizer's begin/end marks around each message: never more than this. */
const OVERHEAD_TOKENS_PER_MESSAGE = 16;

/** Framing around the whole request, including the one line an adapter may add to ask for JSON. */
const OVERHEAD_TOKENS_PER_REQUEST = 64;

/** Vendors put a preamble of their own before tools (some hundreds of tokens) and frame each one. */
const OVERHEAD_TOKENS_OF_TOOLS = 1_024;
const OVERHEAD_TOKENS_PER_TOOL = 64;

const faults = priceFaults(PRICE_TABLE);
if (faults.length > 0) throw new Error(`The price table cannot be used: ${faults.join('; ')}`);

const ROWS = new Map(PRICE_TABLE.map((row) => [`${row.provider}/${row.model}`, row]));

/** The price row, or undefined: an unknown price must be refused where a ceiling applies, never guessed. */
export function findPrice(provider: string, model: string): ModelPrice | undefined {
  return ROWS.get(`${provider}/${model}`) ?? ROWS.get(`${provider}/${ANY_MODEL}`);
}

function microUsd(weighted: bigint): number {
  // Rounded up: the sum reported is never below what the vendor may charge.
  return Number((weighted + TOKENS_PER_RATE - 1n) / TOKENS_PER_RATE);
}

function weigh(tokens: number, microUsdPerMTok: number): bigint {
  return BigInt(tokens) * BigInt(microUsdPerMTok);
}

type Rates = Readonly<Record<keyof TokenBuckets, number>>;

/** Every bucket's rate, with what the row leaves out. */
function ratesOf(price: ModelPrice): Rates {
  const input = price.inputMicroUsdPerMTok;
  const output = price.outputMicroUsdPerMTok;
  const cacheWrite = price.cacheWriteMicroUsdPerMTok ?? input;
  return {
    inputTokens: input,
    cachedTokens: price.cachedInputMicroUsdPerMTok,
    cacheWriteTokens: cacheWrite,
    cacheWriteHourTokens: price.cacheWriteHourMicroUsdPerMTok ?? cacheWrite,
    audioInputTokens: price.audioInputMicroUsdPerMTok ?? input,
    imageInputTokens: price.imageInputMicroUsdPerMTok ?? input,
    outputTokens: output,
    reasoningTokens: price.reasoningMicroUsdPerMTok ?? output,
    audioOutputTokens: price.audioOutputMicroUsdPerMTok ?? output,
  };
}

/** The dearest rate that text put in can be billed at: a vendor may write it to its cache unasked. */
function dearestInputRate(price: ModelPrice): number {
  const { inputTokens, cachedTokens, cacheWriteTokens, cacheWriteHourTokens } = ratesOf(price);
  return Math.max(inputTokens, cachedTokens, cacheWriteTokens, cacheWriteHourTokens);
}

/** The dearest rate that `maxTokens` can be billed at. */
function dearestOutputRate(price: ModelPrice): number {
  const { outputTokens, reasoningTokens } = ratesOf(price);
  return Math.max(outputTokens, reasoningTokens);
}

/** What `usage` costs in whole micro-USD, rounded up once over all buckets. */
export function costMicroUsd(usage: TokenBuckets, price: ModelPrice): number {
  const rates = Object.entries(ratesOf(price)) as [keyof TokenBuckets, number][];
  return microUsd(rates.reduce((sum, [bucket, rate]) => sum + weigh(usage[bucket] ?? 0, rate), 0n));
}

/** The most one call can cost, in micro-USD: every input token at the dearest rate and all of `maxTokens` used. */
export function upperBoundMicroUsd(call: {
  inputTokensBound: number;
  maxTokens: number;
  price: ModelPrice;
}): number {
  return microUsd(
    weigh(call.inputTokensBound, dearestInputRate(call.price)) +
      weigh(call.maxTokens, dearestOutputRate(call.price)),
  );
}

/** Largest `maxTokens` whose {@link upperBoundMicroUsd} stays within the ceiling; 0 when not even one token does. */
export function maxAffordableTokens(call: {
  ceilingMicroUsd: number;
  inputTokensBound: number;
  price: ModelPrice;
}): number {
  const left =
    BigInt(call.ceilingMicroUsd) * TOKENS_PER_RATE -
    weigh(call.inputTokensBound, dearestInputRate(call.price));
  if (left <= 0n) return 0;
  const rate = BigInt(dearestOutputRate(call.price));
  const tokens = rate === 0n ? BigInt(Number.MAX_SAFE_INTEGER) : left / rate;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}

/** What decides how many tokens a request can have at most. */
export type BoundedRequest = Pick<CompletionRequest, 'messages' | 'tools' | 'responseFormat'>;

/**
 * Upper bound of a request's input tokens for any tokenizer: a byte-level token covers at least one byte of what it
 * reads, and tokenizers that normalise first read the text in a normal form, which may be longer than the original.
 */
export function boundInputTokens({ messages, tools = [], responseFormat }: BoundedRequest): number {
  const said = messages.reduce((sum, message) => {
    const { role, content, toolCalls = [], toolCallId = '' } = message;
    const calls = toolCalls.length === 0 ? 0 : boundJsonTokens(toolCalls) + OVERHEAD_TOKENS_PER_TOOL;
    return (
      sum + boundTextTokens(content) + calls + toolCallId.length + role.length + OVERHEAD_TOKENS_PER_MESSAGE
    );
  }, OVERHEAD_TOKENS_PER_REQUEST);
  const offered = tools.reduce(
    (sum, tool) => sum + boundJsonTokens(tool) + OVERHEAD_TOKENS_PER_TOOL,
    tools.length === 0 ? 0 : OVERHEAD_TOKENS_OF_TOOLS,
  );
  const schema =
    typeof responseFormat === 'object' ? boundJsonTokens(responseFormat) + OVERHEAD_TOKENS_OF_TOOLS : 0;
  return said + offered + schema;
}

/** Vendors write a schema in a notation of their own, which is never twice as long as the JSON. */
function boundJsonTokens(value: unknown): number {
  return 2 * boundTextTokens(JSON.stringify(value));
}

/** The same for one text. */
export function boundTextTokens(text: string): number {
  // All normal forms of ASCII are the text itself.
  if (isAscii(Buffer.from(text, 'utf8'))) return text.length;
  const readings = [
    text,
    text.normalize('NFC'),
    text.normalize('NFD'),
    text.normalize('NFKC'),
    text.normalize('NFKD'),
  ];
  return Math.max(...readings.map((reading) => Buffer.byteLength(reading, 'utf8')));
}
