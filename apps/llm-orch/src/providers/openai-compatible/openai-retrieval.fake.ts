import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendJson } from './openai-server.fake.js';

export interface RetrievalCall {
  readonly path: string;
  readonly body: { readonly model: string; readonly input: readonly string[]; readonly dimensions?: number };
  readonly key: string | undefined;
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '/v1/embeddings': ['model', 'input', 'dimensions', 'encoding_format'],
  '/v1/moderations': ['model', 'input'],
};

/** For specs: OpenAI's embeddings and moderations; checks what it is sent before it behaves as told. */
export class FakeRetrievalServer {
  readonly seen: RetrievalCall[] = [];
  behave: ((response: ServerResponse, call: RetrievalCall) => void) | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(private readonly key: string) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const fields = FIELDS[request.url ?? ''];
    const odd = Object.keys(body).find((field) => fields?.includes(field) !== true);
    if (request.headers.authorization !== `Bearer ${this.key}`)
      return sendJson(response, 401, { error: { code: 'invalid_api_key' } });
    if (odd !== undefined || !Array.isArray(body.input))
      return sendJson(response, 400, { error: { code: 'invalid_value', message: String(odd) } });
    const call = { path: request.url ?? '', body, key: request.headers['idempotency-key']?.toString() };
    this.seen.push(call);
    if (this.behave !== undefined) this.behave(response, call);
    else sendJson(response, 200, call.path.endsWith('embeddings') ? vectorsFor(call) : verdictsFor(call));
  }
}

/** Out of order and in base64, as the vendor may. */
export function vectorsFor({ body }: RetrievalCall): object {
  const data = body.input.map((input, index) => ({
    object: 'embedding',
    index,
    embedding: Buffer.from(Float32Array.from([index, input.length, 0.5]).buffer).toString('base64'),
  }));
  const tokens = body.input.length * 4;
  return {
    object: 'list',
    data: data.reverse(),
    model: body.model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

export function verdictsFor({ body }: RetrievalCall): object {
  const results = body.input.map((input) => {
    const bad = input.includes('bomb');
    return { flagged: bad, categories: { violence: bad }, category_scores: { violence: bad ? 0.9 : 0.01 } };
  });
  return { id: 'modr-1', model: body.model, results };
}
