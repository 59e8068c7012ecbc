import { randomUUID } from 'node:crypto';
import type { SeededService } from '@eventzr/testing';

const PASSWORD = 'Password123!';

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** An account as administrators see it. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly roles: string[];
  readonly status: string;
  readonly planTier: string | null;
}

/** What auth answered: the status, and the envelope's two halves. */
export interface Answered<T = Record<string, unknown>> {
  readonly status: number;
  readonly data: T;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly page: { readonly next_cursor: string | null } | null;
}

/** Calls auth as people do, over HTTP. */
export class AuthCaller {
  constructor(private readonly test: () => SeededService) {}

  async call<T = Record<string, unknown>>(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    { token, body, headers = {} }: { token?: string; body?: object; headers?: Record<string, string> } = {},
  ): Promise<Answered<T>> {
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await this.test()
      .request()
      [method](`/auth/v1/${path}`)
      .set({ ...bearer, ...headers })
      .send(body);
    const envelope = answer.body as {
      data: T;
      error: { code: string } | null;
      page: { next_cursor: string | null } | null;
    };
    const { data, error, page } = envelope;
    return { status: answer.status, data, code: error?.code, headers: answer.headers, page };
  }

  get<T = Record<string, unknown>>(path: string, token?: string): Promise<Answered<T>> {
    return this.call<T>('get', path, { token });
  }

  post<T = Record<string, unknown>>(path: string, body?: object, token?: string): Promise<Answered<T>> {
    return this.call<T>('post', path, { body, token });
  }

  patch<T = Record<string, unknown>>(path: string, body: object, token?: string): Promise<Answered<T>> {
    return this.call<T>('patch', path, { body, token });
  }

  /** @throws Error unless the log-in answers tokens */
  async logIn(email: string, password = PASSWORD, path = 'login'): Promise<Pair> {
    const { status, data, code } = await this.post<Pair>(path, { email, password });
    if (status !== 200 || typeof data.accessToken !== 'string')
      throw new Error(`log-in of ${email}: ${status} ${code}`);
    return data;
  }

  /**
   * A fresh account in the tenant of the administrator whose token this is.
   * @throws Error unless it was made
   */
  async person(adminToken: string, roles: readonly string[] = []): Promise<Person> {
    const body = {
      email: `person-${randomUUID()}@example.com`,
      displayName: 'A Person',
      password: PASSWORD,
      roles,
    };
    const { status, data, code } = await this.post<Person>('users', body, adminToken);
    if (status !== 201) throw new Error(`an account: ${status} ${code}`);
    return data;
  }

  async refresh({ refreshToken }: Pair): Promise<Pair> {
    const { status, data, code } = await this.post<Pair>('refresh', { refreshToken });
    if (status !== 200) throw new Error(`refresh: ${status} ${code}`);
    return data;
  }
}

/** The payload of a token, unverified. */
export function claimsOf(token: string): Record<string, unknown> {
  return part(token, 1);
}

/** The header of a token, unverified. */
export function headerOf(token: string): Record<string, unknown> {
  return part(token, 0);
}

function part(token: string, index: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}
