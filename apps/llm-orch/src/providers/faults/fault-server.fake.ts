import { AnthropicWire } from '../anthropic/anthropic-wire.fake.js';
import { BedrockWire } from '../aws-bedrock/bedrock-wire.fake.js';
import type { TokenBuckets } from '../completion.js';
import { GeminiWire } from '../google/gemini-wire.fake.js';
import { OpenAiWire } from '../openai-compatible/openai-wire.fake.js';
import type { Scenario } from './vendor-server.fake.js';
import { VendorServer } from './vendor-server.fake.js';

/** What every answer of the fault server says. */
export const SAID = ['A picnic', ' in the', ' park.'] as const;

/** What every answer costs in tokens, in buckets that all four formats have. */
export const USED: TokenBuckets = { inputTokens: 1_200, cachedTokens: 800, outputTokens: 340 };

/** How long the fault `rate-limited` asks to be left alone. */
export const WAIT_SECONDS = 7;

/** A vendor that takes no notice of `maxTokens`. */
const HUGE = Array<string>(1_500).fill('x'.repeat(1_000));

const answer = { kind: 'answer', pieces: SAID, usage: USED } as const;

/** What the fault server does, by the model's name. */
export const FAULTS = {
  none: answer,
  slow: { ...answer, pauseMs: 5 },
  /** Says everything but the end, and falls silent; an answer that is not streamed never comes. */
  stall: { kind: 'silence', pieces: SAID },
  /** Says everything but the end, and breaks the connection. */
  cut: { kind: 'cut', pieces: SAID, usage: USED },
  /** One unreadable event before the answer; an answer that is not streamed is no JSON. */
  'malformed-chunk': { kind: 'malformed', pieces: SAID, events: 1 },
  'malformed-chunks': { kind: 'malformed', pieces: SAID, events: 2 },
  'rate-limited': { kind: 'fault', fault: 'rate_limited', retryAfterSeconds: WAIT_SECONDS },
  'rate-limited-without-hint': { kind: 'fault', fault: 'rate_limited' },
  'error-500': { kind: 'fault', fault: 'server', status: 500 },
  'error-529': { kind: 'fault', fault: 'overloaded', status: 529 },
  'context-overflow': { kind: 'fault', fault: 'context_length' },
  'usage-missing': { kind: 'answer', pieces: SAID },
  'usage-on-every-chunk': { ...answer, usageOnEveryChunk: true },
  huge: { ...answer, pieces: HUGE },
} as const satisfies Record<string, Scenario>;

export type FaultName = keyof typeof FAULTS;

/** The keys that the fault server takes. */
export const FAULT_KEYS = {
  apiKey: 'fault-key',
  bedrock: { region: 'eu-central-1', accessKeyId: 'AKIDFAULT', secretAccessKey: 'fault-secret' },
} as const;

/** Where each vendor is found at the fault server's address. */
export function baseUrlsAt(address: string) {
  return { openai: `${address}/v1`, anthropic: address, google: `${address}/v1beta`, bedrock: address };
}

/**
 * For specs: one upstream in the formats of all vendors, where the model's name picks the fault. Models that are not
 * named after one answer well, or as `faultOf` says: it lets priced models fail.
 */
export function faultServer(faultOf: (model: string) => FaultName = () => 'none'): VendorServer {
  const { apiKey, bedrock } = FAULT_KEYS;
  const wires = [
    new OpenAiWire(apiKey),
    new AnthropicWire(apiKey),
    new GeminiWire(apiKey),
    new BedrockWire(bedrock),
  ];
  return new VendorServer(wires, (model) => FAULTS[isFault(model) ? model : faultOf(model)]);
}

function isFault(model: string): model is FaultName {
  return Object.hasOwn(FAULTS, model);
}
