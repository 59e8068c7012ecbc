import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

export type Behaviour = (response: ServerResponse, seen: SeenRequest) => void;

const FIELDS = new Set([
  'model',
  'messages',
  'max_completion_tokens',
  'max_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'response_format',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
]);

/** For specs: an OpenAI-compatible server that checks what it is sent before it behaves as told. */
export class FakeOpenAiServer {
  readonly seen: SeenRequest[] = [];
  aborted = 0;
  /** The models that `GET /models` lists. */
  offered: readonly string[] = [];
  readonly #watchers: (() => void)[] = [];
  behave: Behaviour = (response) => sendJson(response, 200, chatAnswer('hello'));
  readonly #server: Server;
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Resolves once a caller hung up on a call, or already has. */
  hungUp(): Promise<void> {
    return this.aborted > 0 ? Promise.resolve() : new Promise((done) => this.#watchers.push(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/v1/models') return this.#list(request, response);
    response.on('close', () => {
      if (response.writableEnded) return;
      this.aborted += 1;
      for (const watcher of this.#watchers.splice(0)) watcher();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = this.#check(request, Buffer.concat(chunks).toString());
    if (fault)
      sendJson(response, fault.status, {
        error: { message: fault.message, type: 'invalid_request_error', code: fault.code },
      });
    else this.behave(response, this.seen[this.seen.length - 1] as SeenRequest);
  }

  #list({ headers }: IncomingMessage, response: ServerResponse): void {
    if (headers.authorization !== `Bearer ${this.#key}`) return sendJson(response, 401, {});
    sendJson(response, 200, { object: 'list', data: this.offered.map((id) => ({ id, object: 'model' })) });
  }

  #check(
    request: IncomingMessage,
    text: string,
  ): { status: number; code: string; message: string } | undefined {
    if (request.headers.authorization !== `Bearer ${this.#key}`)
      return { status: 401, code: 'invalid_api_key', message: 'Incorrect API key' };
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return { status: 404, code: 'not_found', message: 'no such route' };
    const body = JSON.parse(text) as Record<string, unknown>;
    this.seen.push({ headers: request.headers, body });
    const fault = bodyFault(body);
    return fault === undefined ? undefined : { status: 400, code: 'invalid_body', message: fault };
  }
}

export function bodyFault(body: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(body).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return `unknown field ${unknown}`;
  const messages = body['messages'];
  if (!Array.isArray(messages) || messages.length === 0) return 'messages missing';
  const lengths = [body['max_tokens'], body['max_completion_tokens']].filter((value) => value !== undefined);
  if (lengths.length !== 1 || !Number.isInteger(lengths[0])) return 'exactly one length field is needed';
  const asksForJson = JSON.stringify(body['response_format'])?.includes('json_object') === true;
  if (asksForJson && !/json/i.test(JSON.stringify(messages)))
    return "'messages' must contain the word 'json'";
  return undefined;
}

export function chatAnswer(
  content: string | null,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'gpt-4.1-mini-2025-04-14',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: 120,
      completion_tokens: 7,
      total_tokens: 127,
      prompt_tokens_details: { cached_tokens: 100 },
    },
    ...more,
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
