import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { Completion, CompletionChunk, CompletionRequest } from '../completion.js';
import { collected } from '../completion-chunks.js';
import { ProviderFault } from '../provider-fault.js';
import type { ModelInfo } from '../text-provider.js';
import { TextProvider } from '../text-provider.js';
import { endOf } from '../wire/wire-finish.js';
import { BedrockAnswerReader } from './bedrock-answer.js';
import type { BedrockAccess, BedrockSdk } from './bedrock-client.js';
import { BEDROCK, loadBedrock } from './bedrock-client.js';
import { faultInStream, faultOfCall } from './bedrock-faults.js';
import { bedrockLimits, toConverse } from './bedrock-request.js';
import { CallWatch } from './call-watch.js';

export interface BedrockOptions {
  /** Absent: not configured. */
  readonly access?: BedrockAccess;
  /** The first one is the default. */
  readonly models: readonly ModelInfo[];
  /** For a whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** Until a stream begins, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** Longest silence within a stream, in milliseconds; default `timeoutMs`. */
  readonly idleTimeoutMs?: number;
  readonly now?: () => Date;
}

/** AWS Bedrock's Converse and ConverseStream, through the vendor's own client, which signs and reads its binary streams. */
export class BedrockTextProvider extends TextProvider {
  readonly name = BEDROCK;
  readonly #options: BedrockOptions;
  #sdk: Promise<BedrockSdk> | undefined;

  constructor(options: BedrockOptions) {
    super();
    this.#options = options;
  }

  configured(): boolean {
    return this.#options.access !== undefined && this.#options.models.length > 0;
  }

  models(): readonly ModelInfo[] {
    return this.#options.models;
  }

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return collected(this.#whole(request, signal), { provider: this.name, request });
  }

  override async *stream(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    const watch = new CallWatch(signal, this.#options.timeoutMs);
    const reader = new BedrockAnswerReader();
    try {
      const { stream } = await this.#send(watch, ({ client, ConverseStreamCommand }) => {
        watch.expectWithin(this.#options.headersTimeoutMs);
        return client.send(new ConverseStreamCommand(toConverse(request)), { abortSignal: watch.signal });
      });
      if (stream !== undefined) yield* this.#read(stream, reader, watch);
      if (reader.finish === undefined)
        throw new ProviderFault({ provider: this.name, kind: 'transport' }, 'the stream was cut');
    } finally {
      watch.end();
    }
    yield endOf(this.name, reader, { model: request.model, limits: bedrockLimits(request) });
  }

  /** Ends the pooled connections. */
  async close(): Promise<void> {
    (await this.#sdk)?.client.destroy();
  }

  async *#whole(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    const watch = new CallWatch(signal, this.#options.timeoutMs);
    const reader = new BedrockAnswerReader();
    const answer = await this.#send(watch, ({ client, ConverseCommand }) =>
      client.send(new ConverseCommand(toConverse(request)), { abortSignal: watch.signal }),
    );
    yield* reader.whole(answer) ?? [];
    yield endOf(this.name, reader, { model: request.model, limits: bedrockLimits(request) });
  }

  async *#read(
    events: AsyncIterable<ConverseStreamOutput>,
    reader: BedrockAnswerReader,
    watch: CallWatch,
  ): AsyncGenerator<CompletionChunk> {
    const idleMs = this.#options.idleTimeoutMs ?? this.#options.timeoutMs;
    try {
      watch.expectWithin(idleMs);
      for await (const event of events) {
        watch.rest();
        yield* reader.read(event);
        watch.expectWithin(idleMs);
      }
    } catch (error) {
      throw watch.faultOf(this.name, () => faultInStream(this.name, error));
    }
  }

  async #send<T>(watch: CallWatch, call: (sdk: BedrockSdk) => Promise<T>): Promise<T> {
    try {
      watch.signal.throwIfAborted();
      return await call(await this.#load());
    } catch (error) {
      const now = this.#options.now?.() ?? new Date();
      throw watch.faultOf(this.name, () => faultOfCall(this.name, error, now));
    }
  }

  #load(): Promise<BedrockSdk> {
    const { access } = this.#options;
    if (access === undefined)
      throw new ProviderFault({ provider: this.name, kind: 'auth' }, 'no credentials are configured');
    this.#sdk ??= loadBedrock(access);
    return this.#sdk;
  }
}
