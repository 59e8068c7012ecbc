import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
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

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }
}
