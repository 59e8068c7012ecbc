import type { Completion, CompletionChunk, CompletionRequest, CompletionUsage } from '../completion.js';
import { collected } from '../completion-chunks.js';
import type { ProviderFault } from '../provider-fault.js';
import type { ModelInfo } from '../text-provider.js';
import { TextProvider } from '../text-provider.js';
import { parsed, record } from './json-shapes.js';
import { serverSentEvents } from './server-sent-events.js';
import type { VendorAnswer, VendorCall, VendorHttpOptions } from './vendor-http.js';
import { VendorHttp } from './vendor-http.js';
import type { WireFinish } from './wire-finish.js';
import { endOf } from './wire-finish.js';

/** One broken event may be a hiccup of a proxy; two are a broken stream. */
const MOST_MALFORMED_EVENTS = 1;

export interface WireOptions extends Omit<VendorHttpOptions, 'provider'> {
  /** Absent or empty: not configured. */
  readonly apiKey?: string;
  /** Without the operation's path. */
  readonly baseUrl: string;
  /** The first one is the default. */
  readonly models: readonly ModelInfo[];
  readonly now?: () => Date;
}

/** Reads one answer in a vendor's format, whole or in events. */
export interface AnswerReader {
  /** The chunks of one event. @throws ProviderFault when the event says that the stream failed */
  read(event: Record<string, unknown>): Iterable<CompletionChunk>;
  /** The chunks of an answer that was not streamed; undefined: it is none. */
  whole(body: Record<string, unknown>): Iterable<CompletionChunk> | undefined;
  /** Nothing of worth follows. */
  readonly done: boolean;
  /** Undefined: the answer has not ended. */
  readonly finish: WireFinish | undefined;
  /** As the vendor names it. */
  readonly model: string | undefined;
  /** What an answer that broke off used, where the vendor's last word on it is older than the answer's last piece. */
  usageSoFar?(): CompletionUsage | undefined;
}

/** A vendor that answers JSON, or server-sent events of JSON, over HTTP. The format is the subclass's. */
export abstract class WireTextProvider extends TextProvider {
  readonly #http: VendorHttp;

  constructor(
    readonly name: string,
    protected readonly options: WireOptions,
  ) {
    super();
    this.#http = new VendorHttp({ ...options, provider: name });
  }

  configured(): boolean {
    const { apiKey = '', baseUrl, models } = this.options;
    return apiKey !== '' && baseUrl !== '' && models.length > 0;
  }

  models(): readonly ModelInfo[] {
    return this.options.models;
  }

  protected abstract call(request: CompletionRequest, stream: boolean): VendorCall;
  protected abstract faultOf(answer: VendorAnswer, now: Date): ProviderFault;
  protected abstract reader(): AnswerReader;
  /** What the caller asked for and the vendor cannot do. */
  protected abstract limits(request: CompletionRequest): string[];

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return collected(this.#whole(request, signal), { provider: this.name, request });
  }

  override async *stream(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    const reader = this.reader();
    try {
      const bytes = this.#http.stream(this.call(request, true), signal, this.#faultOf, () => reader.done);
      yield* this.#events(reader, bytes);
    } catch (error) {
      const usage = reader.usageSoFar?.();
      if (usage !== undefined) yield { type: 'usage', usage };
      throw error;
    }
    yield this.#end(request, reader);
  }

  /** Ends the pooled connections; calls under way are finished first. */
  async close(): Promise<void> {
    await this.#http.close();
  }

  async *#whole(request: CompletionRequest, signal: AbortSignal): AsyncGenerator<CompletionChunk> {
    const reader = this.reader();
    const body = record(await this.#http.post(this.call(request, false), signal, this.#faultOf));
    const chunks = body === undefined ? undefined : reader.whole(body);
    if (chunks === undefined) throw this.#http.fault('server', 'the answer is not a completion');
    yield* chunks;
    yield this.#end(request, reader);
  }

  async *#events(reader: AnswerReader, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CompletionChunk> {
    let malformed = 0;
    for await (const events of serverSentEvents(bytes)) {
      for (const { data } of events) {
        const event = record(parsed(data));
        if (event === undefined) malformed += 1;
        else yield* reader.read(event);
        if (malformed > MOST_MALFORMED_EVENTS) throw this.#http.fault('server', 'the stream cannot be read');
      }
      if (reader.done) break;
    }
    if (reader.finish === undefined) throw this.#http.fault('transport', 'the stream was cut');
  }

  #end(request: CompletionRequest, reader: AnswerReader): CompletionChunk {
    return endOf(this.name, reader, { model: request.model, limits: this.limits(request) });
  }

  readonly #faultOf = (answer: VendorAnswer) => this.faultOf(answer, this.options.now?.() ?? new Date());
}
