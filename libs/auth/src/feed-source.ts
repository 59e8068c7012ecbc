import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import type { ServiceName } from '@eventzr/config';
import type { PublishedKey } from './key-table.js';
import type { Revocation } from './revocation-list.js';

const PULL_TIMEOUT_MS = 5_000;

/** What auth answers to `GET /auth/v1/internal/feed?after=`. */
export interface FeedPage {
  readonly cursor: string;
  readonly issuedAt: string;
  readonly keys: readonly PublishedKey[];
  readonly revocations: readonly Revocation[];
}

/** Where the revocation feed comes from. */
export abstract class FeedSource {
  /** @param after the last cursor; absent for everything that is alive */
  abstract read(after: string | undefined): Promise<FeedPage>;
}

export interface HttpFeedOptions {
  readonly baseUrl: string;
  readonly service: ServiceName;
  readonly serviceKey: string;
}

/** Auth's private listener. */
export class HttpFeedSource extends FeedSource {
  private readonly http: AxiosInstance;

  constructor({ baseUrl, service, serviceKey }: HttpFeedOptions) {
    super();
    this.http = axios.create({
      baseURL: baseUrl,
      timeout: PULL_TIMEOUT_MS,
      maxRedirects: 0,
      proxy: false,
      httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }),
      headers: { 'x-service-name': service, 'x-service-key': serviceKey },
    });
  }

  async read(after: string | undefined): Promise<FeedPage> {
    const answer = await this.http.get<{ data: FeedPage }>('/auth/v1/internal/feed', { params: { after } });
    return answer.data.data;
  }
}
