import { VendorHttp } from '../wire/vendor-http.js';
import type { VendorAnswer, VendorHttpOptions } from '../wire/vendor-http.js';
import { isAzureHost } from './openai-compatible-text-provider.js';
import { faultOfStatus } from './openai-faults.js';

export interface OpenAiEndpointOptions extends Omit<VendorHttpOptions, 'provider'> {
  /** The provider's name in requests and answers. */
  readonly name: string;
  /** Absent or empty: not configured. */
  readonly apiKey?: string;
  /** With version path and without the operation, e.g. `https://api.openai.com/v1`. */
  readonly baseUrl: string;
}

/** One JSON operation of a server that speaks OpenAI's API. */
export class OpenAiEndpoint {
  readonly #options: OpenAiEndpointOptions;
  readonly #url: string;
  readonly #http: VendorHttp;

  /** @param path of the operation, e.g. `embeddings` */
  constructor(path: string, options: OpenAiEndpointOptions) {
    this.#options = options;
    this.#url = `${options.baseUrl.replace(/\/+$/, '')}/${path}`;
    this.#http = new VendorHttp({ ...options, provider: options.name });
  }

  get configured(): boolean {
    return (this.#options.apiKey ?? '') !== '' && this.#options.baseUrl !== '';
  }

  /** Throws `ProviderFault`, or the reason of the caller's abort. */
  post(body: object, idempotencyKey: string, signal: AbortSignal): Promise<unknown> {
    const key = this.#options.apiKey ?? '';
    const auth: Record<string, string> = isAzureHost(this.#url)
      ? { 'api-key': key }
      : { authorization: `Bearer ${key}` };
    const headers = { ...auth, 'idempotency-key': idempotencyKey };
    return this.#http.post({ url: this.#url, headers, body }, signal, this.#faultOf);
  }

  /** The answer is not of the documented shape. */
  unreadable() {
    return this.#http.fault('server', 'the answer is not of the documented shape');
  }

  readonly #faultOf = (answer: VendorAnswer) => faultOfStatus(this.#options.name, answer, new Date());

  /** Ends the pooled connections; calls under way are finished first. */
  close(): Promise<void> {
    return this.#http.close();
  }
}
