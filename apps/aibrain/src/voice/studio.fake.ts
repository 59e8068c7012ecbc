import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, refuse } from '../orchestration/llm-orch.fake.js';

export interface StudioCall {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Of a form: its bytes as `file`. */
  readonly body: Record<string, unknown>;
}

/** `finish` answers, and the same again when the step is repeated. */
type Behaviour = (response: ServerResponse, call: StudioCall, finish: (data: unknown) => void) => void;

const BASE = '/studio/v1/internal';
const FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  '/audio/recordings': new Set(['audioUrl', 'assetId', 'file']),
  '/audio/transcribe': new Set(['recordingId', 'languageHint']),
  '/audio/tts': new Set(['text', 'language', 'voice', 'voiceModelId']),
  '/estimates': new Set(['operation', 'request']),
};
const PARENT_HEADERS = ['x-parent-operation', 'x-parent-hold', 'x-parent-max-micro-usd'] as const;
const RECORDING = '0190b6a0-0000-7000-8000-00000000000a';
const ASSET = '0190b6a0-0000-7000-8000-00000000000b';

/** For specs: studio's private routes, which check what they are sent before they behave as told. */
export class FakeStudio {
  readonly seen: StudioCall[] = [];
  readonly faults: string[] = [];
  durationMs = 5_000;
  /** What estimates say. */
  bounds = { stt: { credits: 10, microUsd: 100 }, tts: { credits: 10, microUsd: 300 } };
  heard = { text: 'plan a picnic for twelve', language: 'en-US', confidence: 0.9 };
  /** Other answers than the usual ones. */
  recordings: Behaviour | undefined;
  transcribe: Behaviour | undefined;
  speak: Behaviour | undefined;
  estimate: Behaviour | undefined;
  /** Steps that were given up before their end. */
  aborted = 0;

  /** Finished steps by key; another body under a key that was used is refused. */
  private readonly finished = new Map<string, { readonly text: string; readonly data?: unknown }>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeStudio> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const fake = new FakeStudio(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void fake.serve(request, response));
    return fake;
  }

  calls(path: string): readonly StudioCall[] {
    return this.seen.filter((call) => call.path === path);
  }

  reset(): void {
    this.seen.length = 0;
    this.durationMs = 5_000;
    this.bounds = { stt: { credits: 10, microUsd: 100 }, tts: { credits: 10, microUsd: 300 } };
    this.heard = { text: 'plan a picnic for twelve', language: 'en-US', confidence: 0.9 };
    this.recordings = this.transcribe = this.speak = this.estimate = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** What a transcript answers. */
  transcript(costUsd = 0.0001) {
    const { durationMs, heard, bounds } = this;
    const transcript = { ...heard, segments: [], limits: ['a fake ear'] };
    return { transcript, durationMs, credits: bounds.stt.credits, costUsd, provider: 'fake', model: 'fake' };
  }

  /** What a spoken answer answers. */
  speech(costUsd = 0.0003) {
    const audio = { assetId: ASSET, url: `${this.url}/sound`, format: 'mp3', durationMs: 7_000, bytes: 9 };
    const { credits } = this.bounds.tts;
    return { audio, durationMs: 7_000, credits, costUsd, provider: 'fake', model: 'fake' };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', headers } = request;
    const path = url.slice(BASE.length);
    const call = { path, headers, body: bodyOf(Buffer.concat(chunks), headers['content-type'] ?? '') };
    this.seen.push(call);
    this.check(call);
    response.on('close', () => (this.aborted += Number(!response.writableEnded)));
    if (path === '/estimates') return (this.estimate ?? this.bound)(response, call, () => undefined);
    const key = headers['idempotency-key'];
    if (typeof key !== 'string') return void this.faults.push('a step without a key');
    const text = JSON.stringify(call.body);
    const before = this.finished.get(key);
    if (before !== undefined && before.text !== text) return refuse(response, 422, 'IDEMPOTENCY_KEY_REUSED');
    if (before?.data !== undefined) return answer(response, 200, before.data);
    this.finished.set(key, { text });
    const finish = (data: unknown) => {
      this.finished.set(key, { text, data });
      answer(response, 200, data);
    };
    if (path === '/audio/recordings') {
      if (this.recordings !== undefined) return this.recordings(response, call, finish);
      const { durationMs } = this;
      return finish({ recordingId: RECORDING, mimeType: 'audio/mp4', bytes: 9, durationMs });
    }
    const bound = path === '/audio/tts' ? this.bounds.tts.microUsd : this.bounds.stt.microUsd;
    if (bound > Number(headers['x-parent-max-micro-usd'])) return refuse(response, 402, 'BUDGET_EXCEEDED');
    if (path === '/audio/tts')
      return this.speak === undefined ? finish(this.speech()) : this.speak(response, call, finish);
    return this.transcribe === undefined
      ? finish(this.transcript())
      : this.transcribe(response, call, finish);
  }

  private check({ path, headers, body }: StudioCall): void {
    if (headers['x-service-name'] !== 'aibrain' || headers['x-service-key'] === undefined)
      this.faults.push('no service key');
    if (headers.authorization?.startsWith('Bearer ') !== true)
      this.faults.push('the token was not forwarded');
    const known = FIELDS[path];
    if (known === undefined) this.faults.push(`no such route ${path}`);
    for (const name of Object.keys(body))
      if (known?.has(name) === false) this.faults.push(`an unknown field ${name}`);
    const isPaid = path === '/audio/transcribe' || path === '/audio/tts';
    if (PARENT_HEADERS.some((name) => (headers[name] !== undefined) !== isPaid))
      this.faults.push(`${path} ${isPaid ? 'without' : 'with'} a parent`);
  }

  private readonly bound: Behaviour = (response, { body }) => {
    const { credits, microUsd } = body['operation'] === 'audio.tts' ? this.bounds.tts : this.bounds.stt;
    answer(response, 200, {
      credits,
      maxCostUsd: microUsd / 1_000_000,
      maxCostMicroUsd: microUsd,
      provider: 'fake',
    });
  };
}

function bodyOf(bytes: Buffer, type: string): Record<string, unknown> {
  if (!type.startsWith('multipart/form-data')) return JSON.parse(bytes.toString()) as Record<string, unknown>;
  const boundary = `--${/boundary=(\S+)/.exec(type)?.[1] ?? ''}`;
  const [, part = ''] = bytes.toString('latin1').split(boundary);
  return { file: part.slice(part.indexOf('\r\n\r\n') + 4, -2) };
}
