import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '@eventzr/standalone';
import { readConfig, startPlatform } from '@eventzr/standalone';

export const TENANT = '00000000-0000-0000-0000-000000000001';
export const PASSWORD = 'Password123!';

/** An answer of the platform, its body read. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly data: T;
  readonly error: { readonly code: string; readonly name: string; readonly details: unknown } | null;
  readonly page: {
    readonly next_cursor: string | null;
    readonly has_more: boolean;
    readonly limit: number;
  } | null;
  readonly meta: {
    readonly request_id: string;
    readonly trace_id: string;
    readonly tenant_id: string | null;
  };
}

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The whole platform on free ports and a data folder of its own, as `npm start` would run it. */
export class RunningPlatform {
  private constructor(
    readonly platform: Platform,
    private readonly dataDir: string,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<RunningPlatform> {
    const dataDir = mkdtempSync(join(tmpdir(), 'eventzr-e2e-'));
    const base = {
      PORT: '0',
      INTERNAL_PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      SCHEDULER: 'off',
      LOG_LEVEL: 'fatal',
    };
    const platform = await startPlatform(readConfig({ ...base, RATE_LIMIT: 'off', ...environment }));
    return new RunningPlatform(platform, dataDir);
  }

  get url(): string {
    return `http://127.0.0.1:${this.platform.port}`;
  }

  get internalUrl(): string {
    return `http://127.0.0.1:${this.platform.internalPort}`;
  }

  get internalApiKey(): string {
    return this.platform.secrets.internalApiKey();
  }

  async call<T = unknown>(
    path: string,
    { method, token, headers = {}, body }: Call = {},
  ): Promise<Answer<T>> {
    return call<T>(this.url + path, { method, token, headers, body });
  }

  /** The access token of a seeded account. */
  async login(email: string): Promise<string> {
    const answer = await this.call<{ accessToken: string }>('/auth/v1/login', {
      body: { email, password: PASSWORD },
    });
    return answer.data.accessToken;
  }

  /** What a user's own wallet holds, in credits. */
  async wallet(token: string): Promise<{ id: string; available: number; held: number }> {
    const { data } = await this.call<{ id: string; kind: string; available: number; held: number }[]>(
      '/wallet/v1/wallets',
      { token },
    );
    const own = data.find(({ kind }) => kind === 'user');
    if (own === undefined) throw new Error('the user has no wallet');
    return own;
  }

  /** The same once nothing is held any more: charges reach the wallet right after the answer. */
  async settledWallet(token: string): Promise<{ id: string; available: number; held: number }> {
    for (;;) {
      const wallet = await this.wallet(token);
      if (wallet.held === 0) return wallet;
    }
  }

  async job<T = unknown>(path: string): Promise<Answer<T>> {
    return this.call<T>(path, { method: 'POST', headers: { 'x-internal-api-key': this.internalApiKey } });
  }

  async stop(): Promise<void> {
    await this.platform.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** One HTTP call; a body makes it a POST of JSON unless the call says otherwise. */
export async function call<T = unknown>(
  url: string,
  { method, token, headers = {}, body }: Call,
): Promise<Answer<T>> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...json, ...bearer, ...headers } as Record<string, string>,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const envelope = (isJson ? JSON.parse(text) : {}) as Omit<Answer<T>, 'status' | 'headers' | 'text'>;
  return { ...envelope, status: response.status, headers: response.headers, text };
}
