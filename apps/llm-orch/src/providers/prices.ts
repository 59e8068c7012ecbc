import type { ModelPrice } from './price-table.js';
import { PRICE_TABLE } from './price-table.js';
import type { CompletionMessage, CompletionUsage } from './text-provider.js';

const TOKENS_PER_RATE = 1_000_000n;

/** Chat framing, role names and a tokenizer's begin/end marks around each message: never more than this. */
const OVERHEAD_TOKENS_PER_MESSAGE = 16;

/** Framing around the whole request, including the one line an adapter may add to ask for JSON. */
const OVERHEAD_TOKENS_PER_REQUEST = 64;

type TokenBuckets = Pick<CompletionUsage, 'inputTokens' | 'outputTokens' | 'cachedTokens'>;

/** The price row, or undefined: an unknown price must be refused where a ceiling applies, never guessed. */
export function findPrice(provider: string, model: string): ModelPrice | undefined {
  return PRICE_TABLE.find((row) => row.provider === provider && row.model === model);
}

function microUsd(weighted: bigint): number {
  // Rounded up: the sum reported is never below what the vendor may charge.
  return Number((weighted + TOKENS_PER_RATE - 1n) / TOKENS_PER_RATE);
}

function weigh(tokens: number, microUsdPerMTok: number): bigint {
  return BigInt(tokens) * BigInt(microUsdPerMTok);
}

function dearestInputRate(price: ModelPrice): number {
  return Math.max(price.inputMicroUsdPerMTok, price.cachedInputMicroUsdPerMTok);
}

/** What `usage` costs in whole micro-USD, rounded up once over all buckets. */
export function costMicroUsd(usage: TokenBuckets, price: ModelPrice): number {
  return microUsd(
    weigh(usage.inputTokens, price.inputMicroUsdPerMTok) +
      weigh(usage.cachedTokens, price.cachedInputMicroUsdPerMTok) +
      weigh(usage.outputTokens, price.outputMicroUsdPerMTok),
  );
}

/** The most one call can cost, in micro-USD: every input token at the dearest rate and all of `maxTokens` used. */
export function upperBoundMicroUsd(call: {
  inputTokensBound: number;
  maxTokens: number;
  price: ModelPrice;
}): number {
  return microUsd(
    weigh(call.inputTokensBound, dearestInputRate(call.price)) +
      weigh(call.maxTokens, call.price.outputMicroUsdPerMTok),
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
  const rate = BigInt(call.price.outputMicroUsdPerMTok);
  const tokens = rate === 0n ? BigInt(Number.MAX_SAFE_INTEGER) : left / rate;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}

/**
 * Upper bound of a prompt's tokens for any tokenizer: a byte-level token covers at least one byte of what it
 * reads, and tokenizers that normalise first read the text in a normal form, which may be longer than the original.
 */
export function boundInputTokens(messages: readonly CompletionMessage[]): number {
  return messages.reduce(
    (sum, message) =>
      sum + boundTextTokens(message.content) + message.role.length + OVERHEAD_TOKENS_PER_MESSAGE,
    OVERHEAD_TOKENS_PER_REQUEST,
  );
}

function boundTextTokens(text: string): number {
  const readings = [
    text,
    text.normalize('NFC'),
    text.normalize('NFD'),
    text.normalize('NFKC'),
    text.normalize('NFKD'),
  ];
  return Math.max(...readings.map((reading) => Buffer.byteLength(reading, 'utf8')));
}
