import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenBuckets } from '../completion.js';
import type { WireScenario } from '../text-provider.conformance.js';
import type { Said, SeenCall, VendorWire, WireReply } from './vendor-wire.fake.js';

/** What a call is answered with. */
export type Scenario = WireScenario & {
  /** Between the parts of the answer, in milliseconds. */
  readonly pauseMs?: number;
  readonly usageOnEveryChunk?: boolean;
  readonly usage?: TokenBuckets;
  /** Instead of the status that the vendor gives such a fault. */
  readonly status?: number;
};

/** For specs: an upstream that speaks each of `wires` and answers every model with its scenario. */
export class VendorServer {
  /** Calls that were accepted. */
  readonly seen: (SeenCall & { readonly model: string })[] = [];
  hangUps = 0;
  /** Connections that were made. */
  connections = 0;
  readonly #server: Server;
  readonly #watchers: (() => void)[] = [];

  constructor(
    private readonly wires: readonly VendorWire[],
    private readonly scenarioOf: (model: string) => Scenario,
  ) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('connection', () => {
      this.connections += 1;
    });
  }

  /** @returns its address, without a path */
  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Resolves once a caller hung up on a call, or already has. */
  hungUp(): Promise<void> {
    return this.hangUps > 0 ? Promise.resolve() : new Promise((done) => this.#watchers.push(done));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (response.writableEnded) return;
      this.hangUps += 1;
      for (const watcher of this.#watchers.splice(0)) watcher();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call: SeenCall = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      text: Buffer.concat(chunks).toString(),
    };
    for (const wire of this.wires) {
      const accepted = wire.accept(call);
      if (accepted === undefined) continue;
      const { model, stream, refusal } = accepted;
      if (refusal !== undefined) return reply(response, refusal);
      this.seen.push({ ...call, model });
      return play(response, wire, { model, stream, scenario: this.scenarioOf(model) });
    }
    reply(response, { status: 404, body: { error: `no vendor answers ${call.url}` } });
  }
}

export interface Play {
  readonly model: string;
  readonly stream: boolean;
  readonly scenario: Scenario;
}

/** Answers one call as its scenario says. */
export async function play(
  response: ServerResponse,
  wire: VendorWire,
  { model, stream, scenario }: Play,
): Promise<void> {
  if (scenario.kind === 'fault') {
    const { status, body, headers } = wire.fault(scenario.fault);
    const wait = scenario.retryAfterSeconds;
    const hint: Record<string, string> = wait === undefined ? {} : { 'retry-after': String(wait) };
    return reply(response, { status: scenario.status ?? status, body, headers: { ...headers, ...hint } });
  }
  const said = saidIn(model, scenario);
  if (stream) return playStream(response, wire, said, scenario);
  const body = JSON.stringify(wire.whole(said));
  if (scenario.kind === 'answer') {
    await sleep(scenario.pauseMs ?? 0);
    return reply(response, { status: 200, body: wire.whole(said) });
  }
  if (scenario.kind === 'silence') return;
  // A broken answer is short of its length, or cut where it says it ends.
  const isCut = scenario.kind === 'cut';
  const half = body.slice(0, body.length / 2);
  const length = isCut ? body.length : half.length;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
  if (!isCut) response.end(half);
  else response.write(half, () => response.socket?.destroy());
}

async function playStream(
  response: ServerResponse,
  wire: VendorWire,
  said: Said,
  scenario: Exclude<Scenario, { kind: 'fault' }>,
): Promise<void> {
  const { begin, texts, end } = wire.frames(said);
  response.writeHead(200, { 'content-type': wire.contentType });
  const broken =
    scenario.kind === 'malformed' ? Array<Uint8Array>(scenario.events).fill(wire.unreadable()) : [];
  for (const frame of [...begin, ...broken, ...texts]) {
    if (scenario.pauseMs !== undefined) await sleep(scenario.pauseMs);
    response.write(frame);
  }
  if (scenario.kind === 'silence') return;
  if (scenario.kind === 'cut') {
    setImmediate(() => response.socket?.destroy());
    return;
  }
  for (const frame of end) response.write(frame);
  response.end();
}

function saidIn(model: string, scenario: Exclude<Scenario, { kind: 'fault' }>): Said {
  const answer = scenario.kind === 'answer' ? scenario : undefined;
  return {
    model,
    pieces: scenario.pieces,
    toolCalls: answer?.toolCalls ?? [],
    finish: answer?.finish ?? 'stop',
    usage: scenario.usage,
    usageOnEveryChunk: scenario.usageOnEveryChunk === true,
  };
}

function reply(response: ServerResponse, { status, body, headers }: WireReply): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
