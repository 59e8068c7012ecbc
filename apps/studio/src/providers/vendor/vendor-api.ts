import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { ProviderFault } from '../provider-fault.js';
import { parsedJson } from './json.js';
import { answerFault, type CallPurpose, type FaultTable, silenceFault } from './vendor-faults.js';

/** Where and how to call a vendor, as the environment says it. */
export interface VendorOptions {
  /** Without it the provider counts as not configured. */
  readonly apiKey?: string;
  readonly baseUrl?: string;
  /** Deadline of one call in milliseconds. */
  readonly timeoutMs?: number;
}

export interface VendorApiOptions {
  readonly apiKey: string | undefined;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** Bounds what we read, and so what we hold. */
  readonly largestAnswerBytes: number;
  readonly faults: FaultTable;
  /** The headers that carry the key. */
  readonly credentials: (apiKey: string) => Readonly<Record<string, string>>;
}

export interface VendorCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL, or an absolute address that the caller has checked. */
  readonly path: string;
  /** JSON, a form with files, or raw bytes. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly purpose: CallPurpose;
}

export interface VendorAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}

/** An axios client and its limits, which every adapter shares. */
export class VendorApi {
  private readonly http: AxiosInstance;

  constructor(private readonly options: VendorApiOptions) {
    // A redirect would carry the key to another host.
    this.http = axios.create({
      baseURL: options.baseUrl,
      maxRedirects: 0,
      maxContentLength: options.largestAnswerBytes,
      maxBodyLength: 256 * 1024 * 1024,
      responseType: 'arraybuffer',
      proxy: false,
    });
  }

  get configured(): boolean {
    return this.options.apiKey !== undefined && this.options.apiKey !== '';
  }

  /** @throws ProviderFault; the signal's reason when the caller aborts */
  async call(call: VendorCall, signal: AbortSignal): Promise<VendorAnswer> {
    signal.throwIfAborted();
    const { apiKey, credentials, faults, timeoutMs } = this.options;
    const { provider } = faults;
    if (apiKey === undefined || apiKey === '')
      throw new ProviderFault({ provider, kind: 'auth', message: 'no API key is configured' });
    const deadline = AbortSignal.timeout(timeoutMs);
    const request: AxiosRequestConfig = {
      method: call.method ?? 'GET',
      url: call.path,
      data: call.body,
      headers: { accept: 'application/json', ...call.headers, ...credentials(apiKey) },
      signal: AbortSignal.any([signal, deadline]),
      validateStatus: null,
    };
    const { purpose } = call;
    const answer = await this.http.request<Buffer>(request).catch((error: unknown) => {
      signal.throwIfAborted();
      throw silenceFault(provider, error, { purpose, deadlinePassed: deadline.aborted });
    });
    const { status, headers } = answer;
    const bytes = Buffer.from(answer.data);
    const json = parsedJson(bytes);
    if (status < 200 || status > 299)
      throw answerFault(
        faults,
        { status, body: json, retryAfter: headers['retry-after'] as unknown },
        purpose,
      );
    return { status, contentType: String(headers['content-type'] ?? ''), bytes, json };
  }

  /** An answer that we cannot read: what the call did is unknown, a look may be repeated. */
  unreadable(message: string, purpose: CallPurpose, status?: number): ProviderFault {
    const { provider } = this.options.faults;
    if (purpose === 'look') return new ProviderFault({ provider, kind: 'unavailable', message });
    return new ProviderFault({ provider, kind: 'unknown_outcome', message, status });
  }

  /** The vendor's own word, in an answer of success, that its task failed: looking again would not help. */
  failed(kind: ProviderFault['kind'], message: string): ProviderFault {
    return new ProviderFault({ provider: this.options.faults.provider, kind, message, status: 200 });
  }

  /** A fault in this vendor's name. */
  fault(kind: ProviderFault['kind'], message: string): ProviderFault {
    return new ProviderFault({ provider: this.options.faults.provider, kind, message });
  }
}
