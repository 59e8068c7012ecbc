import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** What the vendor says about a task when it is looked at. */
export type TaskState =
  | { readonly state: 'working'; readonly progress: number }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly reason: 'moderated' | 'broken' | 'overloaded' };

/** How the fake answers one request instead of doing what it was asked for. */
export type PendingFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  /** The task is accepted, its answer never comes. */
  | { readonly kind: 'hang' };

/** A vendor that takes pictures as tasks: accepts, works, is asked. Checks what it is sent. For specs only. */
export interface PendingVendor {
  readonly url: string;
  readonly apiKey: string;
  /** The idempotency keys of accepted tasks, each once per submit. */
  readonly submits: string[];
  /** Ids of the tasks that were looked at, in order. */
  readonly looks: string[];
  /** Ids of the tasks that were stopped. */
  readonly stops: string[];
  readonly callbackUrls: string[];
  /** What became of stopped tasks. */
  stopAnswer: 'stopped' | 'charged' | 'unknown';
  /** For all tasks, those of the future included, until it is set again. */
  state: TaskState;
  /** By the number of the task, from 1; overrides `state`. */
  readonly states: Map<string, TaskState>;
  failNext(path: 'submit' | 'look', fault: PendingFault): void;
  /** Breaks every connection, those that wait for an answer included. */
  dropConnections(): void;
  close(): Promise<void>;
}

/** Starts the fake on a free port of the loopback interface. */
export async function startPendingVendor(): Promise<PendingVendor> {
  const faults = { submit: [] as PendingFault[], look: [] as PendingFault[] };
  const tasks = new Map<string, string>();
  const apiKey = 'pending-key-of-specs';
  const vendor = {
    url: '',
    apiKey,
    submits: [] as string[],
    looks: [] as string[],
    stops: [] as string[],
    callbackUrls: [] as string[],
    stopAnswer: 'stopped' as PendingVendor['stopAnswer'],
    state: { state: 'done' } as TaskState,
    states: new Map<string, TaskState>(),
    failNext: (path: 'submit' | 'look', fault: PendingFault) => void faults[path].push(fault),
    dropConnections: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  function submit(body: Record<string, unknown>, response: ServerResponse): void {
    const unknown = Object.keys(body).find((name) => !['prompt', 'key', 'callbackUrl'].includes(name));
    if (unknown !== undefined || typeof body['prompt'] !== 'string' || typeof body['key'] !== 'string')
      return send(response, 400, { error: `unknown or missing field ${unknown ?? ''}` });
    const fault = faults.submit.shift();
    if (fault?.kind === 'status') return refuse(response, fault);
    const id = `task-${vendor.submits.push(body['key'])}`;
    tasks.set(id, body['key']);
    if (typeof body['callbackUrl'] === 'string') vendor.callbackUrls.push(body['callbackUrl']);
    if (fault?.kind !== 'hang') send(response, 202, { id });
  }

  async function look(id: string, response: ServerResponse): Promise<void> {
    if (!tasks.has(id)) return send(response, 404, {});
    vendor.looks.push(id);
    const fault = faults.look.shift();
    if (fault?.kind === 'status') return refuse(response, fault);
    if (fault?.kind === 'hang') return;
    const state = vendor.states.get(id) ?? vendor.state;
    if (state.state !== 'done') return send(response, 200, state);
    const picture = sharp({ create: { width: 256, height: 256, channels: 3, background: '#3366cc' } });
    send(response, 200, { ...state, picture: (await picture.png().toBuffer()).toString('base64') });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (request.headers.authorization !== `Bearer ${apiKey}`) return send(response, 401, {});
    const url = new URL(request.url ?? '/', 'http://vendor');
    const [, , id = ''] = url.pathname.split('/');
    if (request.method === 'POST')
      return submit(JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>, response);
    if (request.method === 'DELETE') {
      vendor.stops.push(id);
      return send(response, 200, { outcome: vendor.stopAnswer });
    }
    const key = url.searchParams.get('key');
    if (key === null) return look(id, response);
    send(response, 200, { id: [...tasks].find(([, known]) => known === key)?.[0] ?? null });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => send(response, 500, {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vendor.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return vendor;
}

function refuse(response: ServerResponse, fault: PendingFault & { kind: 'status' }): void {
  const wait = fault.retryAfterSeconds;
  send(response, fault.status, {}, wait === undefined ? {} : { 'retry-after': String(wait) });
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
