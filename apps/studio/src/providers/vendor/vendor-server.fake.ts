import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a faked vendor misbehaves once. */
export type Misbehaviour =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Takes the request and cuts the connection. */
  | { readonly kind: 'break' }
  /** Cuts the connection in the middle of the answer. */
  | { readonly kind: 'truncate' }
  /** Answers 200 with what is no JSON. */
  | { readonly kind: 'garbage' };

/** One request as the vendor sees it. */
export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, or the fields of a form; files are buffers. */
  readonly body: Record<string, unknown>;
}

export interface FakeReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** What a vendor does with a request that it accepts, or why it refuses one. */
export interface FakeVendorOptions {
  /** A refusal of the request as it is: wrong key, unknown route, bad body. */
  readonly refusal: (call: FakeCall) => FakeReply | undefined;
  readonly answer: (call: FakeCall) => Promise<FakeReply> | FakeReply;
}

/** A vendor on the loopback interface. For specs only. */
export class FakeVendor {
  readonly accepted: FakeCall[] = [];
  private readonly planned: Misbehaviour[] = [];
  private readonly files = new Map<string, { bytes: Buffer; mimeType: string }>();
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch(() => response.destroy());
  });
  private readonly expired: number[] = [];
  private port = 0;
  private published = 0;

  private constructor(private readonly options: FakeVendorOptions) {}

  static async start(options: FakeVendorOptions): Promise<FakeVendor> {
    const fake = new FakeVendor(options);
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    fake.port = (fake.server.address() as AddressInfo).port;
    return fake;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What to do with the next request that is in order; afterwards it behaves again. */
  misbehave(...answers: Misbehaviour[]): void {
    this.planned.push(...answers);
  }

  /** Forgets what was planned and not yet done. */
  calm(): void {
    this.planned.length = 0;
    this.expired.length = 0;
  }

  /** Puts a file on the vendor's store, where no key is needed and none may be shown. */
  publish(bytes: Buffer, mimeType: string): string {
    this.published += 1;
    const path = `/files/${this.published}`;
    this.files.set(path, { bytes, mimeType });
    return this.origin + path;
  }

  /** Lets the addresses of the next files that are fetched have run out, with these answers. */
  expireNext(...statuses: (403 | 404 | 410 | 500)[]): void {
    this.expired.push(...statuses);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request, this.origin);
    if (call.path.startsWith('/files/')) return this.serveFile(call, response);
    const refusal = this.options.refusal(call);
    if (refusal !== undefined) return send(response, refusal);
    this.accepted.push(call);
    const planned = this.planned.shift();
    if (planned === undefined) return send(response, await this.options.answer(call));
    if (planned.kind === 'hang') return;
    if (planned.kind === 'break') return void request.socket.destroy();
    if (planned.kind === 'garbage') return void response.writeHead(200).end('<html>not what you expect');
    if (planned.kind === 'truncate') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"half":', () => request.socket.destroy());
      return;
    }
    return send(response, { status: planned.status, body: planned.body ?? {}, headers: planned.headers });
  }

  private serveFile({ path, headers }: FakeCall, response: ServerResponse): void {
    const file = this.files.get(path);
    const keys = ['authorization', 'x-api-key', 'api-key', 'x-key', 'xi-api-key'];
    if (keys.some((name) => headers[name] !== undefined)) return void response.writeHead(400).end('no keys');
    const expired = file === undefined ? 404 : this.expired.shift();
    // What has run out stays so: only a fresh address helps.
    if (expired !== undefined && expired < 500) this.files.delete(path);
    if (file === undefined || expired !== undefined)
      return void response.writeHead(expired ?? 404).end('gone');
    response.writeHead(200, { 'content-type': file.mimeType }).end(file.bytes);
  }
}

/** The first complaint about a body: fields that nobody knows, that are missing or have a wrong value. */
export function bodyComplaint(
  body: Record<string, unknown>,
  fields: Readonly<Record<string, (value: unknown) => boolean>>,
  required: readonly string[],
): string | undefined {
  const unknown = Object.keys(body).find((key) => fields[key] === undefined);
  if (unknown !== undefined) return `unknown field ${unknown}`;
  const missing = required.find((key) => !(key in body));
  if (missing !== undefined) return `missing field ${missing}`;
  const wrong = Object.keys(body).find((key) => fields[key]?.(body[key]) !== true);
  return wrong === undefined ? undefined : `invalid field ${wrong}`;
}

/** Checks for {@link bodyComplaint}. */
export const expects = {
  /** Without half a sign: JSON carries one as an escape, a form as a replacement character. */
  text: (least: number, most: number) => (value: unknown) =>
    typeof value === 'string' &&
    value.length >= least &&
    value.length <= most &&
    value.isWellFormed() &&
    !value.includes('\uFFFD'),
  oneOf:
    (...allowed: readonly unknown[]) =>
    (value: unknown) =>
      allowed.includes(value),
  integer: (least: number, most: number) => (value: unknown) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
  /** As {@link integer}, in a form, where all values are texts. */
  digits: (least: number, most: number) => (value: unknown) =>
    typeof value === 'string' && /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most,
  fraction: (value: unknown) => typeof value === 'string' && Number(value) >= 0 && Number(value) <= 1,
  boolean: (value: unknown) => typeof value === 'boolean',
  file: (value: unknown) => Buffer.isBuffer(value) && value.length > 0,
  url: (value: unknown) => typeof value === 'string' && URL.canParse(value),
};

async function readCall(request: IncomingMessage, origin: string): Promise<FakeCall> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  const url = new URL(request.url ?? '/', origin);
  const type = request.headers['content-type'] ?? '';
  const body = type.startsWith('multipart/') ? await formFields(bytes, type) : jsonFields(bytes, type);
  const { method = 'GET', headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body };
}

function jsonFields(bytes: Buffer, type: string): Record<string, unknown> {
  if (bytes.length === 0 || !/^application\/(x-amz-)?json/.test(type)) return {};
  return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
}

async function formFields(bytes: Buffer, type: string): Promise<Record<string, unknown>> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const fields = await Promise.all(
    [...form.entries()].map(async ([name, value]) =>
      typeof value === 'string'
        ? ([name, value] as const)
        : ([name, Buffer.from(await value.arrayBuffer())] as const),
    ),
  );
  return Object.fromEntries(fields);
}

function send(response: ServerResponse, { status, body, headers }: FakeReply): void {
  if (Buffer.isBuffer(body)) return void response.writeHead(status, headers).end(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
