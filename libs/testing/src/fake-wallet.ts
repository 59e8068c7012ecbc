import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isUuid } from '@eventzr/config';
import {
  FakeLedger,
  type FakeAnswer,
  type FakeHold,
  type FakeQuote,
  type FakeReserve,
} from './fake-wallet-ledger.js';

/**
 * How a call fails. `down`: the connection breaks before anything happened. `lost`: it happened, but the answer never
 * arrives. `slow`: it happens, and nothing is ever said. `error`: 503 in the envelope, nothing happened. A status with
 * a code: that answer in the envelope, nothing happened.
 */
export type WalletFailure =
  'down' | 'lost' | 'slow' | 'error' | { readonly status: number; readonly code: string };

const FIELDS = {
  reserve: [
    'id',
    'tenantId',
    'userId',
    'roles',
    'walletChoice',
    'operation',
    'referenceId',
    'amount',
    'deadline',
  ],
  capture: ['tenantId', 'amount'],
  release: ['tenantId'],
  quote: ['tenantId', 'userId', 'roles', 'walletChoice', 'amount'],
} as const;

type Body = Record<string, unknown>;

/** The wallet service as other services' specs need it: real HTTP, the contract's rules, and faults on demand. */
export class FakeWallet {
  /** What was sent against the contract; a spec may assert that it is empty. */
  readonly faults: string[] = [];
  /** While true every connection breaks at once. */
  isDown = false;
  private readonly ledger = new FakeLedger();
  private failures: WalletFailure[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeWallet> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wallet = new FakeWallet(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void wallet.serve(request, response));
    return wallet;
  }

  /** Every hold ever asked for, tombstones included, oldest first. */
  get holds(): readonly FakeHold[] {
    return [...this.ledger.holds.values()];
  }

  /** The holds that took credits: without tombstones, which a late release may add at any time. */
  get taken(): readonly FakeHold[] {
    return this.holds.filter(({ walletId }) => walletId !== null);
  }

  /** Sets what every user's wallet has (default 10,000) and forgets what was spent. */
  balance(credits: number): void {
    this.ledger.startCredits = { ...this.ledger.startCredits, user: credits };
    this.ledger.reset();
  }

  /** Sets what every tenant's team wallet has (default 0). */
  teamBalance(credits: number): void {
    this.ledger.startCredits = { ...this.ledger.startCredits, team: credits };
    this.ledger.reset();
  }

  /** What a user's wallet (`null`: the team's) has left. */
  available(tenantId: string, userId: string | null): number {
    return this.ledger.account(tenantId, userId).available;
  }

  /** Lets the next calls fail. Callers repeat safe calls up to three times, so one failure may stay unseen. */
  failNext(kind: WalletFailure, times = 1): void {
    this.failures.push(...Array.from({ length: times }, () => kind));
  }

  /** Forgets the failures that are still to come; calls in flight stay as they are. */
  recover(): void {
    this.failures = [];
    this.isDown = false;
  }

  /** Ends an open hold as time would. */
  expire(holdId: string): void {
    this.ledger.expire(holdId);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const failure = this.isDown ? 'down' : this.failures.shift();
    if (failure === 'down') return void request.socket.destroy();
    const text = await readText(request);
    if (failure === 'error') return send(response, { status: 503, error: { code: 'UNAVAILABLE' } });
    if (typeof failure === 'object')
      return send(response, { status: failure.status, error: { code: failure.code } });
    const answer = this.answer(request, text);
    if (failure === 'lost') return void request.socket.destroy();
    if (failure !== 'slow') send(response, answer);
  }

  private answer(request: IncomingMessage, text: string): FakeAnswer {
    const service = request.headers['x-service-name'];
    if (typeof service !== 'string' || request.headers['x-service-key'] === undefined)
      return this.fault('a call without a service key', 401, 'UNAUTHORIZED');
    if (request.headers['x-request-id'] === undefined || request.headers.traceparent === undefined)
      this.faults.push('a call without request id or trace');
    const url = new URL(request.url ?? '/', this.url);
    const [, id = '', action] =
      /^\/wallet\/v1\/internal\/holds\/([^/]+)(?:\/(capture|release))?$/.exec(url.pathname) ?? [];
    if (request.method === 'GET' && id !== '') return this.found(id, url.searchParams.get('tenantId'));
    const body = (text === '' ? {} : JSON.parse(text)) as Body;
    if (url.pathname === '/wallet/v1/internal/holds') return this.reserve(service, body);
    if (url.pathname === '/wallet/v1/internal/quotes')
      return this.checked(body, 'quote') ?? this.ledger.quote(body as unknown as FakeQuote);
    if (action === 'capture')
      return this.checked(body, 'capture') ?? this.ledger.capture(service, id, Number(body['amount']));
    if (action === 'release')
      return this.checked(body, 'release') ?? this.ledger.release(service, String(body['tenantId']), id);
    return this.fault(`an unknown route ${request.method} ${url.pathname}`, 404, 'NOT_FOUND');
  }

  private reserve(service: string, body: Body): FakeAnswer {
    const refused = this.checked(body, 'reserve');
    if (refused !== undefined) return refused;
    if (
      !isUuid(body['id']) ||
      !(Number(body['amount']) >= 1) ||
      Number.isNaN(Date.parse(String(body['deadline'])))
    )
      return this.fault(`a malformed reserve ${JSON.stringify(body)}`, 400, 'VALIDATION_FAILED');
    return this.ledger.reserve(service, body as unknown as FakeReserve);
  }

  private found(id: string, tenantId: string | null): FakeAnswer {
    const hold = this.ledger.holds.get(id);
    if (hold === undefined || hold.tenantId !== tenantId)
      return { status: 404, error: { code: 'ERR_WALLET_HOLD_NOT_FOUND' } };
    return { status: 200, data: { ...hold } };
  }

  /** Exactly the documented fields, the tenant a UUID; undefined when all is well. */
  private checked(body: Body, kind: keyof typeof FIELDS): FakeAnswer | undefined {
    const expected: readonly string[] = FIELDS[kind];
    const wrong = [
      ...Object.keys(body).filter((field) => !expected.includes(field)),
      ...expected.filter((field) => body[field] === undefined),
      ...(isUuid(body['tenantId']) ? [] : ['tenantId']),
    ];
    if (wrong.length === 0) return undefined;
    return this.fault(`${kind} with wrong fields ${wrong.join(', ')}`, 400, 'VALIDATION_FAILED');
  }

  private fault(what: string, status: number, code: string): FakeAnswer {
    this.faults.push(what);
    return { status, error: { code } };
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, data, error }: FakeAnswer): void {
  const fault =
    error === undefined
      ? null
      : {
          code: error.code,
          name: error.code,
          http: status,
          message: error.code,
          retryable: status >= 500,
          details: error.details ?? null,
        };
  const meta = { request_id: null, trace_id: null, tenant_id: null };
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ data: data ?? null, error: fault, page: null, meta }));
}
