import { isIP } from 'node:net';
import { Agent } from 'undici';
import { checkedLookup, systemResolve, type AddressRule, type Resolve } from './checked-lookup.js';
import { FetchRefused } from './fetch-refused.js';
import { isPublicAddress } from './public-address.js';
import { asRefusal, readBody, type Answer } from './read-body.js';

export interface SafeFetchSettings {
  /** Our own public base: what lies below it is fetched from `internalBaseUrl` instead of through the load balancer. */
  readonly publicBaseUrl?: string | undefined;
  readonly internalBaseUrl?: string | undefined;
  /** Injected by tests; the system's resolver otherwise. */
  readonly resolve?: Resolve | undefined;
  /** For tests alone: plain http, any port, and the addresses that `allowed` admits beside public ones. */
  readonly unsafe?: { readonly allowed: AddressRule } | undefined;
}

export interface FetchLimits {
  readonly maxBytes: number;
  /** For everything together: redirects, names, headers and the last byte. */
  readonly timeoutMs: number;
  /** Types that are accepted: `image/png`, `image/*`. Absent: all. The type is what the server says: sniff the bytes as well. */
  readonly accept?: readonly string[];
  /** Ends the fetch early, as `timeout`. */
  readonly signal?: AbortSignal;
}

export interface Fetched {
  readonly bytes: Buffer;
  /** Lower case, without parameters; `application/octet-stream` when the server said nothing. */
  readonly mimeType: string;
  readonly finalUrl: string;
}

/** What is sent by {@link SafeFetch.post}. */
export interface SentMessage {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PORTS = new Set(['', '443', '80']);

/** Fetches what users point at, without letting them point at us (server-side request forgery). */
export class SafeFetch {
  constructor(private readonly settings: SafeFetchSettings = {}) {}

  /** @throws FetchRefused, and nothing else */
  async get(url: string, limits: FetchLimits): Promise<Fetched> {
    const ends = [
      AbortSignal.timeout(limits.timeoutMs),
      ...(limits.signal === undefined ? [] : [limits.signal]),
    ];
    const signal = AbortSignal.any(ends);
    try {
      return await this.follow(url, limits, signal);
    } catch (error) {
      throw asRefusal(error, signal);
    }
  }

  /**
   * Sends a message to where a user wants it. No redirect is followed: it is an answer like others.
   * @returns the status, whatever it is; the answer's body is not read
   * @throws FetchRefused when there was no answer
   */
  async post(
    url: string,
    message: SentMessage,
    { timeoutMs }: Pick<FetchLimits, 'timeoutMs'>,
  ): Promise<{ status: number }> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const target = parsed(url);
      this.assertAllowed(target);
      return await this.send(target, message, signal);
    } catch (error) {
      throw asRefusal(error, signal);
    }
  }

  /** Whether the address is one that would be called, its name looked up now. @throws FetchRefused */
  async assertPublic(url: string): Promise<void> {
    const target = parsed(url);
    this.assertAllowed(target);
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0) return;
    const lookup = checkedLookup(this.settings.resolve ?? systemResolve, this.allowed);
    await new Promise<void>((done, fail) => {
      lookup(host, { all: true }, (error) => (error === null ? done() : fail(error)));
    });
  }

  private async send(
    url: URL,
    { body, headers }: SentMessage,
    signal: AbortSignal,
  ): Promise<{ status: number }> {
    const lookup = checkedLookup(this.settings.resolve ?? systemResolve, this.allowed);
    const agent = new Agent({ connect: { lookup }, pipelining: 0, maxHeaderSize: 16_384 });
    try {
      const path = `${url.pathname}${url.search}`;
      const answer = await agent.request({ origin: url.origin, path, method: 'POST', signal, headers, body });
      answer.body.on('error', () => undefined).destroy();
      return { status: answer.statusCode };
    } finally {
      await agent.destroy();
    }
  }

  private async follow(url: string, limits: FetchLimits, signal: AbortSignal): Promise<Fetched> {
    let current = parsed(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await this.request(current, limits, signal);
      if ('location' in answer) current = parsed(answer.location, current);
      else return { ...answer, finalUrl: current.href };
    }
    throw new FetchRefused('too-many-redirects');
  }

  private async request(
    url: URL,
    limits: FetchLimits,
    signal: AbortSignal,
  ): Promise<Answer | { location: string }> {
    const own = this.ownAddress(url);
    if (own === undefined) this.assertAllowed(url);
    const target = own ?? url;
    // One agent per request: no socket outlives the check that it was opened under.
    const connect =
      own === undefined
        ? { lookup: checkedLookup(this.settings.resolve ?? systemResolve, this.allowed) }
        : {};
    const agent = new Agent({ connect, pipelining: 0, maxHeaderSize: 16_384 });
    try {
      const answer = await agent.request({
        origin: target.origin,
        path: `${target.pathname}${target.search}`,
        method: 'GET',
        signal,
        headers: {
          accept: limits.accept?.join(', ') ?? '*/*',
          'accept-encoding': 'identity',
          'user-agent': 'EventZR-Fetch/1.0',
          ...(own === undefined ? {} : { host: url.host }),
        },
      });
      const location = answer.headers.location;
      if (REDIRECTS.has(answer.statusCode) && typeof location === 'string') return { location };
      if (answer.statusCode !== 200) throw new FetchRefused('bad-status', { status: answer.statusCode });
      return await readBody(answer, limits);
    } finally {
      await agent.destroy();
    }
  }

  private assertAllowed(url: URL): void {
    const { unsafe } = this.settings;
    const schemeFits = url.protocol === 'https:' || (unsafe !== undefined && url.protocol === 'http:');
    if (!schemeFits || url.username !== '' || url.password !== '') throw new FetchRefused('invalid-url');
    if (unsafe === undefined && !PORTS.has(url.port)) throw new FetchRefused('invalid-url');
    // A literal address is never looked up, so the socket's own check would not see it.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(host) !== 0 && !this.allowed(host)) throw new FetchRefused('forbidden-address');
  }

  private readonly allowed: AddressRule = (address) =>
    isPublicAddress(address) || this.settings.unsafe?.allowed(address) === true;

  /** The inside address of something below our own public base; undefined for everything else. */
  private ownAddress(url: URL): URL | undefined {
    const { publicBaseUrl, internalBaseUrl } = this.settings;
    if (publicBaseUrl === undefined || internalBaseUrl === undefined) return undefined;
    if (url.origin !== new URL(publicBaseUrl).origin || url.username !== '' || url.password !== '')
      return undefined;
    return new URL(`${url.pathname}${url.search}`, new URL(internalBaseUrl).origin);
  }
}

function parsed(text: string, base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new FetchRefused('invalid-url');
  return new URL(text, base);
}
