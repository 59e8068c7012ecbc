import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Agent, request as send } from 'undici';
import { ProviderFault } from '../provider-fault.js';
import { TimeLimit } from '../time-limit.js';
import { parsed } from './json-shapes.js';
import type { WireHeaders } from './transport-faults.js';
import { faultOfTransport } from './transport-faults.js';

/** The largest answer we read: 8,192 tokens are some 50 kB, so more than this is not an answer. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a server may take to end an answer that is over. */
const LAST_BYTES_MS = 100;

export interface VendorHttpOptions {
  /** The provider's name, for its faults. */
  readonly provider: string;
  /** For a whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** Until an answer begins, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** Longest silence within an answer, in milliseconds; default `timeoutMs`. */
  readonly idleTimeoutMs?: number;
  /** Open connections at most; further calls wait in line. */
  readonly connections?: number;
}

export interface VendorCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers: WireHeaders;
  /** Undefined: not JSON. */
  readonly json: unknown;
}

/** Turns an answer of status 400 and above into its fault. */
export type FaultOfStatus = (answer: VendorAnswer) => ProviderFault;

/** Calls to one vendor over pooled connections. Every exception is a `ProviderFault`, or the reason of the caller's abort. */
export class VendorHttp {
  readonly #options: VendorHttpOptions;
  readonly #agent: Agent;

  constructor(options: VendorHttpOptions) {
    this.#options = options;
    this.#agent = new Agent({
      connections: options.connections ?? 64,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: options.headersTimeoutMs,
      bodyTimeout: options.idleTimeoutMs ?? options.timeoutMs,
    });
  }

  /** Posts JSON and reads the whole answer, which has status 200. */
  async post(call: VendorCall, signal: AbortSignal, faultOf: FaultOfStatus): Promise<unknown> {
    return this.#whole(call, signal, faultOf);
  }

  /** Reads JSON, which has status 200. */
  async get(call: Omit<VendorCall, 'body'>, signal: AbortSignal, faultOf: FaultOfStatus): Promise<unknown> {
    return this.#whole({ ...call, body: undefined }, signal, faultOf);
  }

  /**
   * Posts JSON and gives the answer's bytes as they come; ending the iteration early ends the call.
   * @param isOver whether all was said: then the end of the answer is read too, so that the connection can be used again
   */
  async *stream(
    call: VendorCall,
    signal: AbortSignal,
    faultOf: FaultOfStatus,
    isOver: () => boolean,
  ): AsyncGenerator<Uint8Array> {
    const limit = new TimeLimit(this.#options.timeoutMs, signal);
    let response: Dispatcher.ResponseData | undefined;
    try {
      response = await this.#guarded(signal, async () => {
        const answer = await this.#send(call, limit.signal, 'text/event-stream');
        if (answer.statusCode !== 200) await this.#read(answer, faultOf);
        return answer;
      });
      for await (const bytes of response.body.iterator({ destroyOnReturn: false })) yield bytes as Uint8Array;
    } catch (error) {
      throw this.#faultOf(error, signal);
    } finally {
      limit.end();
      if (response !== undefined) await leave(response.body, isOver());
    }
  }

  /** Ends the pooled connections; calls under way are finished first. */
  async close(): Promise<void> {
    await this.#agent.close();
  }

  fault(kind: ProviderFault['kind'], message: string): ProviderFault {
    return new ProviderFault({ provider: this.#options.provider, kind }, message);
  }

  async #whole(call: VendorCall, signal: AbortSignal, faultOf: FaultOfStatus): Promise<unknown> {
    const limit = new TimeLimit(this.#options.timeoutMs, signal);
    try {
      return await this.#guarded(signal, async () => {
        const response = await this.#send(call, limit.signal, 'application/json');
        return this.#read(response, faultOf);
      });
    } finally {
      limit.end();
    }
  }

  #send({ url, headers, body }: VendorCall, signal: AbortSignal, accept: string) {
    return send(url, {
      method: body === undefined ? 'GET' : 'POST',
      dispatcher: this.#agent,
      signal,
      headers: { 'content-type': 'application/json', accept, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async #read({ statusCode, headers, body }: Dispatcher.ResponseData, faultOf: FaultOfStatus) {
    const json = parsed(await readText(body));
    if (statusCode >= 400) throw faultOf({ status: statusCode, headers, json });
    if (statusCode !== 200) throw this.fault('invalid_request', `HTTP ${statusCode}`);
    return json;
  }

  async #guarded<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      signal.throwIfAborted();
      return await work();
    } catch (error) {
      throw this.#faultOf(error, signal);
    }
  }

  #faultOf(error: unknown, signal: AbortSignal): unknown {
    // The caller's own abort is no fault of the provider and must not open its breaker.
    if (signal.aborted) return signal.reason;
    return error instanceof ProviderFault ? error : faultOfTransport(this.#options.provider, error);
  }
}

/** Hangs up, unless the answer is over and its server ends it now. */
async function leave(body: Readable, isOver: boolean): Promise<void> {
  // Nobody reads it any more, so nobody else would hear of its errors.
  body.on('error', () => undefined);
  if (isOver && !body.closed) await closedSoon(body.resume());
  body.destroy();
}

function closedSoon(body: Readable): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LAST_BYTES_MS);
    body.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new Error('the answer is larger than any completion');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
