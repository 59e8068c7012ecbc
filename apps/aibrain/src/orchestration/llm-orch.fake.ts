import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

type Behaviour = (response: ServerResponse, call: SeenCall) => void;

const WISH_FIELDS = new Set([
  'messages',
  'maxTokens',
  'provider',
  'model',
  'responseFormat',
  'useCase',
  'stream',
]);
const ESTIMATE_FIELDS = new Set(['messages', 'maxTokens', 'provider', 'model', 'ceilingMicroUsd']);

const PARENT_HEADERS = ['x-parent-operation', 'x-parent-hold', 'x-parent-max-micro-usd'] as const;

/** For specs: llm-orch's two internal routes, which check what they are sent before they behave as told. */
export class FakeLlmOrch {
  readonly seen: SeenCall[] = [];
  readonly faults: string[] = [];
  /** What an estimate says, in micro-USD. */
  boundMicroUsd = 200;
  /** The same by what is asked; undefined: no answer ever comes. */
  boundOf: (body: Record<string, unknown>) => number | undefined = () => this.boundMicroUsd;
  think: Behaviour = (response) => answer(response, 200, THOUGHT);

  /** Steps that were given up before their end. */
  aborted = 0;

  /** By key: another body under a key that was used is refused. */
  private readonly bodies = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeLlmOrch> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const fake = new FakeLlmOrch(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void fake.serve(request, response));
    return fake;
  }

  get thoughts(): readonly SeenCall[] {
    return this.seen.filter(({ path }) => path.endsWith('/inference/chat'));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const { url: path = '', headers } = request;
    this.seen.push({ path, headers, body });
    if (headers['x-service-name'] !== 'aibrain' || headers['x-service-key'] === undefined)
      this.faults.push('no service key');
    if (headers.authorization === undefined) this.faults.push('the token was not forwarded');
    if (path === '/llm-orch/v1/internal/estimates') {
      const ceiling = body['ceilingMicroUsd'];
      this.checkFields(body, ESTIMATE_FIELDS);
      const bound = this.boundOf(body);
      if (bound === undefined) return;
      if (typeof ceiling === 'number' && ceiling < bound)
        return refuse(response, 402, 'BUDGET_EXCEEDED', { maxAffordableTokens: 400 });
      return answer(response, 200, {
        maxCostMicroUsd: bound,
        provider: body['provider'] ?? 'local',
        model: body['model'] ?? 'local-planner-1',
      });
    }
    if (path !== '/llm-orch/v1/internal/inference/chat') return refuse(response, 404, 'NOT_FOUND');
    if (PARENT_HEADERS.some((name) => headers[name] === undefined))
      this.faults.push('a step without a parent');
    const key = headers['idempotency-key'];
    if (typeof key !== 'string') return void this.faults.push('a step without a key');
    const text = JSON.stringify(body);
    if ((this.bodies.get(key) ?? text) !== text) return refuse(response, 422, 'IDEMPOTENCY_KEY_REUSED');
    this.bodies.set(key, text);
    this.checkFields(body, WISH_FIELDS);
    if ((body['stream'] === true) !== (headers.accept === 'text/event-stream'))
      this.faults.push('a stream is asked for in the body and accepted');
    response.on('close', () => (this.aborted += Number(!response.writableEnded)));
    this.think(response, { path, headers, body });
  }

  private checkFields(body: Record<string, unknown>, known: ReadonlySet<string>): void {
    for (const name of Object.keys(body)) if (!known.has(name)) this.faults.push(`an unknown field ${name}`);
    if ((body['provider'] === undefined) !== (body['model'] === undefined))
      this.faults.push('a provider without a model, or a model without a provider');
  }
}

export const THOUGHT = {
  text: 'A plan.',
  model: 'local-planner-1',
  usage: { inputTokens: 40, outputTokens: 300, totalTokens: 340 },
  costUsd: 0.00006,
  limits: ['rule-based local planner'],
};

/** The pieces as the gateway streams them; without an end, the vendor fell silent. */
export function play(
  response: ServerResponse,
  pieces: readonly string[],
  end?: { readonly event: 'done' | 'error'; readonly data: object },
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const events = [
    { event: 'start', data: { model: THOUGHT.model } },
    ...pieces.map((text) => ({ event: 'delta', data: { text } })),
    ...(end === undefined ? [] : [end]),
  ];
  response.write(`: heartbeat\n\n`);
  for (const { event, data } of events) response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  if (end !== undefined) response.end();
}

export function answer(response: ServerResponse, status: number, data: unknown): void {
  send(response, status, data, null);
}

export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  details: unknown = null,
  headers: Record<string, string> = {},
): void {
  const retryable = status >= 500;
  const error = { code, name: code, http: status, message: code, retryable, details };
  send(response, status, null, error, headers);
}

function send(
  response: ServerResponse,
  status: number,
  data: unknown,
  error: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(
    JSON.stringify({ data, error, page: null, meta: { request_id: null, trace_id: null, tenant_id: null } }),
  );
}
