import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** One answer of the fake; by default it makes the picture that was asked for. */
export type FakeAnswer =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'break' }
  /** The picture, once `after` is resolved: for what happens while the vendor works. */
  | { readonly kind: 'picture'; readonly after?: Promise<unknown> };

/** A server that speaks the vendor's image API as far as we use it, and refuses what the vendor would refuse. For specs only. */
export interface FakeOpenAiImages {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Bodies of the requests it accepted. */
  readonly accepted: Record<string, unknown>[];
  readonly idempotencyKeys: string[];
  /** What to answer next; afterwards pictures again. */
  answerNext(answer: FakeAnswer): void;
  close(): Promise<void>;
}

const ALLOWED: Readonly<Record<string, (value: unknown) => boolean>> = {
  model: (value) => typeof value === 'string' && value.startsWith('gpt-image-'),
  prompt: (value) => typeof value === 'string' && value.length > 0 && value.length <= 32_000,
  n: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 10,
  size: (value) => ['1024x1024', '1536x1024', '1024x1536', 'auto'].includes(String(value)),
  quality: (value) => ['low', 'medium', 'high', 'auto'].includes(String(value)),
  output_format: (value) => ['png', 'jpeg', 'webp'].includes(String(value)),
};

/** The complaint that the vendor would have about a body. */
function complaint(body: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(body).find((key) => ALLOWED[key] === undefined);
  if (unknown !== undefined) return `Unknown parameter: '${unknown}'.`;
  const wrong = Object.keys(ALLOWED).find((key) => key in body && ALLOWED[key]?.(body[key]) !== true);
  if (wrong !== undefined) return `Invalid value: '${wrong}'.`;
  return ['model', 'prompt'].find((key) => !(key in body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
}

async function picture(body: Record<string, unknown>): Promise<unknown> {
  const [width = 1024, height = 1024] = String(body['size']).split('x').map(Number);
  const format = body['output_format'] as 'png' | 'jpeg' | 'webp';
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
    .toFormat(format)
    .toBuffer();
  return {
    created: 1_790_000_000,
    data: [{ b64_json: bytes.toString('base64') }],
    output_format: format,
    size: body['size'],
    usage: { total_tokens: 10, input_tokens: 4, output_tokens: 6 },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const vendorError = (message: string, code: string): unknown => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});

/** Starts the fake on a free port of the loopback interface. */
export async function startFakeOpenAiImages(): Promise<FakeOpenAiImages> {
  const apiKey = 'sk-fake-for-specs';
  const next: FakeAnswer[] = [];
  const accepted: Record<string, unknown>[] = [];
  const idempotencyKeys: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (request.method !== 'POST' || request.url !== '/v1/images/generations')
      return send(response, 404, vendorError('Not found', 'not_found'));
    if (request.headers.authorization !== `Bearer ${apiKey}`)
      return send(response, 401, vendorError('Incorrect API key provided', 'invalid_api_key'));
    const wrong = complaint(body);
    if (wrong !== undefined) return send(response, 400, vendorError(wrong, 'invalid_value'));
    accepted.push(body);
    idempotencyKeys.push(String(request.headers['idempotency-key']));
    const planned: FakeAnswer = next.shift() ?? { kind: 'picture' };
    if (planned.kind === 'hang') return;
    if (planned.kind === 'break') return void request.socket.destroy();
    if (planned.kind === 'status') return send(response, planned.status, planned.body ?? {}, planned.headers);
    await planned.after;
    return send(response, 200, await picture(body));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => send(response, 500, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey,
    accepted,
    idempotencyKeys,
    answerNext: (planned) => void next.push(planned),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
