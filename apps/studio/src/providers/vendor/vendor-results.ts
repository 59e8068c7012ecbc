import { FetchRefused, SafeFetch } from '@eventzr/safe-fetch';
import { fileTypeFromBuffer } from 'file-type';
import { ProviderFault, type ProviderFaultKind } from '../provider-fault.js';

/** What a finished file may be. `family`: what its first bytes must say. */
export interface ResultLimits {
  readonly family: 'image/' | 'video/' | 'audio/';
  readonly maxBytes: number;
}

export interface ResultSource {
  readonly url: string;
  /** Asks the vendor for a fresh address of the same file; absent: there is no second one. */
  readonly renew?: () => Promise<string>;
}

export interface VendorFile {
  readonly bytes: Buffer;
  /** As the bytes themselves say. */
  readonly mimeType: string;
}

/** What a store of signed addresses answers when one has run out. */
const EXPIRED = new Set([403, 404, 410]);
/** A later try may succeed. */
const PASSING = new Set(['bad-status', 'timeout', 'unreachable']);

/**
 * Fetches what vendors made: from public https addresses alone, without our key, bounded, and looked at. A vendor on
 * the loopback interface (a spec, a proxy of one's own) may serve its files from there by plain http.
 */
export class VendorResults {
  private readonly fetcher: SafeFetch;

  constructor(
    private readonly options: {
      readonly provider: string;
      readonly baseUrl: string;
      readonly timeoutMs: number;
      /** What a file is that cannot be had now: `unknown_outcome` where nobody can ask for it again. */
      readonly lost: Extract<ProviderFaultKind, 'unavailable' | 'unknown_outcome'>;
    },
  ) {
    const { protocol, hostname } = new URL(options.baseUrl);
    const loopback = protocol === 'http:' && hostname === '127.0.0.1';
    this.fetcher = new SafeFetch(
      loopback ? { unsafe: { allowed: (address) => address === '127.0.0.1' } } : {},
    );
  }

  /** @throws ProviderFault; the signal's reason when the caller aborts */
  async fetch(source: ResultSource, limits: ResultLimits, signal: AbortSignal): Promise<VendorFile> {
    const first = await this.attempt(source.url, limits, signal);
    if (first !== 'expired') return first;
    const again =
      source.renew === undefined ? 'expired' : await this.attempt(await source.renew(), limits, signal);
    if (again === 'expired') throw this.fault(this.options.lost, 'the address of the result has run out');
    return again;
  }

  private async attempt(
    url: string,
    { family, maxBytes }: ResultLimits,
    signal: AbortSignal,
  ): Promise<VendorFile | 'expired'> {
    const { timeoutMs } = this.options;
    const answer = await this.fetcher.get(url, { maxBytes, timeoutMs, signal }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof FetchRefused)) throw error;
      if (EXPIRED.has(error.status ?? 0)) return 'expired' as const;
      const message = `the result cannot be fetched (${error.kind})`;
      if (PASSING.has(error.kind)) throw this.fault(this.options.lost, message);
      throw this.fault('unknown_outcome', message, 200);
    });
    if (answer === 'expired') return answer;
    const type = await fileTypeFromBuffer(answer.bytes);
    if (type?.mime.startsWith(family) !== true)
      throw this.fault(
        'unknown_outcome',
        `the result is ${type?.mime ?? 'of unknown type'}, not ${family}*`,
        200,
      );
    return { bytes: answer.bytes, mimeType: type.mime };
  }

  /** With a status of success where another look would find the same. */
  private fault(kind: ProviderFaultKind, message: string, status?: 200): ProviderFault {
    return new ProviderFault({ provider: this.options.provider, kind, message, status });
  }
}
