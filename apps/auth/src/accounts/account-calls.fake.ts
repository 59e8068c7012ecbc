import type { TestService } from '@eventzr/testing';

export const PASSWORD = 'Password123!';
export const NEW_PASSWORD = 'a tent, a stage and rain';

export interface Answer<T = Record<string, unknown>> {
  readonly data: T;
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown } | null;
}

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly tenantId: string; readonly email: string };
}

export interface OutboxMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export const codeOf = (answer: { body: unknown }): string | undefined => (answer.body as Answer).error?.code;
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** What people with accounts do, as their clients would. */
export class AccountCalls {
  constructor(private readonly test: TestService) {}

  post(path: string, body: object, headers: Record<string, string> = {}) {
    return this.test.request().post(`/auth/v1/${path}`).set(headers).send(body);
  }

  me(token: string) {
    return this.test.request().get('/auth/v1/me').set('authorization', `Bearer ${token}`);
  }

  async logIn(email: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Pair> {
    const { body } = await this.post('login', { email, password }, headers).expect(200);
    return (body as Answer<Pair>).data;
  }

  signUp(email: string, over: object = {}) {
    const body = { email, password: NEW_PASSWORD, firstName: 'Ada', lastName: 'Lovelace', ...over };
    return this.post('signup/email', body);
  }

  async signedUp(email: string): Promise<Pair> {
    return ((await this.signUp(email).expect(201)).body as Answer<Pair>).data;
  }

  /** What was sent to somebody, the newest first. */
  async mailsTo(to: string): Promise<OutboxMail[]> {
    await this.test.drainJobs();
    const { body } = await this.test.request().get('/auth/v1/dev/outbox').query({ to }).expect(200);
    return (body as Answer<OutboxMail[]>).data;
  }

  /** The token of the newest mail to somebody. */
  async mailedToken(to: string): Promise<string> {
    const [newest] = await this.mailsTo(to);
    return tokenIn(newest?.text ?? '');
  }
}

export function tokenIn(text: string): string {
  const token = /[A-Za-z0-9_-]{64}/.exec(text)?.[0];
  if (token === undefined) throw new Error(`There is no token in: ${text}`);
  return token;
}
