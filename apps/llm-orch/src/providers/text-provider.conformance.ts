import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CompletionChunk, CompletionRequest, TokenBuckets, ToolCall } from './completion.js';
import { collected } from './completion-chunks.js';
import type { Executed, ProviderFaultKind } from './provider-fault.js';
import { ProviderFault } from './provider-fault.js';
import type { TextProvider } from './text-provider.js';

/** What the vendor's fake answers the next calls with, buffered or streamed as it is asked. */
export type WireScenario =
  | {
      readonly kind: 'answer';
      readonly pieces: readonly string[];
      readonly toolCalls?: readonly ToolCall[];
      readonly finish?: 'stop' | 'length' | 'content_filter';
      /** Absent: the wire says nothing of usage. */
      readonly usage?: TokenBuckets;
    }
  | { readonly kind: 'fault'; readonly fault: ProviderFaultKind; readonly retryAfterSeconds?: number }
  /** After the pieces: the connection breaks, nothing comes any more, or one or two unreadable events come. */
  | { readonly kind: 'cut' | 'silence'; readonly pieces: readonly string[] }
  | { readonly kind: 'malformed'; readonly pieces: readonly string[]; readonly events: 1 | 2 };

/** A vendor's fake in its own wire format. */
export interface VendorUnderTest {
  readonly provider: TextProvider;
  /** A model of the provider. */
  readonly model: string;
  /** Faults that the vendor can tell as such, with what they mean for the bill. */
  readonly faults: readonly (readonly [ProviderFaultKind, Executed])[];
  /** A usage in every bucket that the wire has, as the provider is to report it. */
  readonly usage: TokenBuckets;
  /** Whether one unreadable event ends the stream: the vendor's own client reads it, and goes no further. */
  readonly strictFrames?: boolean;
  play(scenario: WireScenario): void;
  /** Calls that arrived. */
  calls(): number;
  /** Resolves once the fake saw its caller hang up on a call. */
  hungUp(): Promise<void>;
  close(): Promise<void>;
}

const REQUEST: Omit<CompletionRequest, 'model'> = {
  messages: [
    { role: 'system', content: 'You plan events.' },
    { role: 'user', content: 'Plan a picnic' },
  ],
  maxTokens: 100,
  idempotencyKey: 'key-1',
};

const TOOL_CALL: ToolCall = { id: 'call_0', name: 'book', arguments: '{"hall":"A"}' };
const PIECES = ['A picnic', ' in the', ' park'];

/** What every text provider must do, whoever the vendor is. The silence of the fake must outlast the provider's patience. */
export function describeTextProvider(name: string, open: () => Promise<VendorUnderTest>): void {
  describe(`text provider: ${name}`, () => {
    let vendor: VendorUnderTest;
    beforeEach(async () => {
      vendor = await open();
    });
    afterEach(() => vendor.close());

    const request = (more: Partial<CompletionRequest> = {}): CompletionRequest => ({
      ...REQUEST,
      model: vendor.model,
      ...more,
    });
    const stream = (signal = new AbortController().signal) => vendor.provider.stream(request(), signal);
    const complete = (signal = new AbortController().signal) => vendor.provider.complete(request(), signal);

    it('streams the pieces, the usage and one finish, which is the last', async () => {
      vendor.play({ kind: 'answer', pieces: PIECES, usage: vendor.usage });
      const chunks = await all(stream());
      expect(chunks.filter(({ type }) => type === 'delta')).toEqual(
        PIECES.map((text) => ({ type: 'delta', text })),
      );
      expect(chunks.findLast(({ type }) => type === 'usage')).toMatchObject({
        usage: { ...vendor.usage, source: 'provider' },
      });
      expect(chunks.findIndex(({ type }) => type === 'finish')).toBe(chunks.length - 1);
    });

    it('says the same streamed and buffered', async () => {
      vendor.play({ kind: 'answer', pieces: PIECES, usage: vendor.usage });
      const streamed = await collected(stream(), { provider: name, request: request() });
      expect(streamed).toEqual(await complete());
      expect(streamed).toMatchObject({ text: PIECES.join(''), finishReason: 'stop' });
    });

    it('counts and labels usage that the vendor left out, streamed and buffered', async () => {
      vendor.play({ kind: 'answer', pieces: PIECES });
      const streamed = await collected(stream(), { provider: name, request: request() });
      expect(streamed.usage).toMatchObject({ source: 'counted' });
      expect(streamed.usage.outputTokens).toBeGreaterThan(0);
      expect((await complete()).usage).toEqual(streamed.usage);
    });

    it('says when the answer was cut by maxTokens', async () => {
      vendor.play({ kind: 'answer', pieces: PIECES, finish: 'length', usage: vendor.usage });
      expect((await complete()).finishReason).toBe('length');
      expect((await all(stream())).at(-1)).toMatchObject({ type: 'finish', finishReason: 'length' });
    });

    it('passes tool calls on', async () => {
      vendor.play({ kind: 'answer', pieces: [], toolCalls: [TOOL_CALL], usage: vendor.usage });
      const streamed = await collected(stream(), { provider: name, request: request() });
      const [call] = streamed.toolCalls ?? [];
      expect(call).toMatchObject({ name: 'book' });
      expect(JSON.parse(call?.arguments ?? '')).toEqual({ hall: 'A' });
      expect(streamed.finishReason).toBe('tool_calls');
      expect((await complete()).toolCalls).toHaveLength(1);
    });

    it('takes messages with tool calls and their results, tools and a schema', async () => {
      vendor.play({ kind: 'answer', pieces: PIECES, usage: vendor.usage });
      const conversation = request({
        messages: [
          ...REQUEST.messages,
          { role: 'assistant', content: '', toolCalls: [TOOL_CALL] },
          { role: 'tool', content: '{"booked":true}', toolCallId: TOOL_CALL.id },
        ],
        tools: [
          { name: 'book', description: 'Books a hall', parameters: { type: 'object', properties: {} } },
        ],
        toolChoice: 'auto',
        responseFormat: { name: 'plan', schema: { type: 'object', properties: {} } },
      });
      const completion = await vendor.provider.complete(conversation, new AbortController().signal);
      expect(completion.text).toBe(PIECES.join(''));
    });

    it('is a content filter when the vendor withholds the answer', async () => {
      vendor.play({ kind: 'answer', pieces: [], finish: 'content_filter', usage: vendor.usage });
      expect(await faultOf(complete())).toMatchObject({ kind: 'content_filter' });
      expect(await faultOf(all(stream()))).toMatchObject({ kind: 'content_filter' });
    });

    it('names each fault and says whether it may have been executed, streamed and buffered', async () => {
      for (const [fault, executed] of vendor.faults) {
        vendor.play({ kind: 'fault', fault });
        expect(await faultOf(complete())).toMatchObject({ kind: fault, executed });
        expect(await faultOf(all(stream()))).toMatchObject({ kind: fault, executed });
      }
    });

    it('passes on how long the vendor wants to be left alone', async () => {
      vendor.play({ kind: 'fault', fault: 'rate_limited', retryAfterSeconds: 7 });
      expect(await faultOf(complete())).toMatchObject({ retryAfterMs: 7_000 });
    });

    it('throws for a cut stream after what came; it never ends as if it were whole', async () => {
      vendor.play({ kind: 'cut', pieces: PIECES });
      const seen: CompletionChunk[] = [];
      expect(await faultOf(all(stream(), seen))).toMatchObject({ kind: 'transport', executed: 'maybe' });
      expect(seen.filter(({ type }) => type === 'delta')).toHaveLength(PIECES.length);
    });

    it('gives up on a stream that falls silent', async () => {
      vendor.play({ kind: 'silence', pieces: PIECES });
      expect(await faultOf(all(stream()))).toMatchObject({ kind: 'timeout', executed: 'maybe' });
    });

    it('skips one unreadable event, not two', async () => {
      if (vendor.strictFrames !== true) {
        vendor.play({ kind: 'malformed', pieces: PIECES, events: 1 });
        const streamed = await collected(stream(), { provider: name, request: request() });
        expect(streamed.text).toBe(PIECES.join(''));
      }
      vendor.play({ kind: 'malformed', pieces: PIECES, events: 2 });
      expect(await faultOf(all(stream()))).toMatchObject({ kind: 'server', executed: 'maybe' });
    });

    it('hangs up on the vendor when the caller aborts, and throws the caller’s reason', async () => {
      const caller = new AbortController();
      const reason = new Error('client went away');
      vendor.play({ kind: 'silence', pieces: PIECES });
      const asked = all(vendor.provider.stream(request(), caller.signal), [], () => caller.abort(reason));
      await expect(asked).rejects.toBe(reason);
      await vendor.hungUp();
      const calls = vendor.calls();
      await expect(complete(AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(vendor.calls()).toBe(calls);
    });

    it('hangs up on the vendor when the caller stops reading', async () => {
      vendor.play({ kind: 'silence', pieces: PIECES });
      for await (const chunk of stream()) if (chunk.type === 'delta') break;
      await vendor.hungUp();
    });
  });
}

async function all(
  chunks: AsyncIterable<CompletionChunk>,
  seen: CompletionChunk[] = [],
  onDelta: () => void = () => undefined,
): Promise<readonly CompletionChunk[]> {
  for await (const chunk of chunks) {
    seen.push(chunk);
    if (chunk.type === 'delta') onDelta();
  }
  return seen;
}

async function faultOf(work: Promise<unknown>): Promise<ProviderFault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderFault) return error;
  throw new Error(`not a ProviderFault: ${String(error)}`);
}
