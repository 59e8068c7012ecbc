import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import axios, { type AxiosInstance } from 'axios';

const AGENT_OPTIONS = { keepAlive: true, maxSockets: 128, maxFreeSockets: 32 };
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

export interface Exchange {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or the text when it is none. */
  readonly body: unknown;
}

/** An answer whose body may still be coming. */
export interface OpenedAnswer extends ExchangeAnswer {
  /** Of an event stream; any other body was read. */
  readonly events?: AsyncIterable<Uint8Array>;
}

/** Kept connections to the other services. Every status is an answer; only transport faults throw. */
export class HttpExchange {
  private readonly agents = { http: new HttpAgent(AGENT_OPTIONS), https: new HttpsAgent(AGENT_OPTIONS) };
  private readonly http: AxiosInstance = axios.create({
    httpAgent: this.agents.http,
    httpsAgent: this.agents.https,
    maxRedirects: 0,
    proxy: false,
    validateStatus: () => true,
    maxContentLength: LARGEST_ANSWER_BYTES,
  });

  async send({ url, method, headers, body, signal }: Exchange): Promise<ExchangeAnswer> {
    const answer = await this.http.request<unknown>({ url, method, headers, data: body, signal });
    return { status: answer.status, headers: answer.headers, body: answer.data };
  }

  /** The same, without waiting for the end of an event stream, whatever its length. */
  async open({ url, method, headers, body, signal }: Exchange): Promise<OpenedAnswer> {
    const answer = await this.http.request<Readable>({ url, method, headers, data: body, signal, responseType: 'stream', maxContentLength: -1 }); // prettier-ignore
    const { status, data: events } = answer;
    const isStream = String(answer.headers['content-type']).startsWith('text/event-stream');
    if (status === 200 && isStream) return { status, headers: answer.headers, body: undefined, events };
    return { status, headers: answer.headers, body: jsonOf(await text(events)) };
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
