import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Micro-USD a token of gpt-4.1-mini, which is the only model here. */
const INPUT = 0.4;
const OUTPUT = 1.6;
/** What a vendor's chat format adds to each message, at most. */
const TOKENS_AROUND_A_MESSAGE = 4;
export const VENDOR_MODEL = 'gpt-4.1-mini';
const PLAN = 'The festival runs for 3 days.\nBook the main stage first.\nVendors need a permit.';
const VERDICT = JSON.stringify({ ranking: ['X'], consensus: [], contradictions: [], insights: [] });

interface Asked {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly max_completion_tokens?: number;
  readonly max_tokens?: number;
  readonly stream?: boolean;
  readonly response_format?: unknown;
}

/** `bills` answers; `fails` answers 500 and bills all the same; `hangs` sends the first word of a stream, or nothing, and stays silent. */
export type VendorMood = 'bills' | 'fails' | 'hangs';

/**
 * An OpenAI-compatible vendor that bills as much as any vendor could: every byte is a token, and every answer is as
 * long as it may be, also when nobody hears it.
 */
export class BillingVendor {
  mood: VendorMood = 'bills';
  billedMicroUsd = 0;
  calls = 0;
  private word = '';
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /**
   * Forgets what was billed.
   * @param word counts only calls that say it: a member that was given up may be asked late, when the next question runs
   */
  reset(mood: VendorMood = 'bills', word = ''): void {
    [this.mood, this.word, this.billedMicroUsd, this.calls] = [mood, word, 0, 0];
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/v1/models')
      return send(response, 200, { object: 'list', data: [{ id: VENDOR_MODEL, object: 'model' }] });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    if (asked.model !== VENDOR_MODEL) throw new Error(`no price for ${asked.model}`);
    const usage = usageOf(asked);
    if (asked.messages.some(({ content }) => content.includes(this.word))) {
      this.billedMicroUsd += INPUT * usage.prompt_tokens + OUTPUT * usage.completion_tokens;
      this.calls += 1;
    }
    if (this.mood === 'fails') return send(response, 500, {});
    if (this.mood === 'hangs' && asked.stream !== true) return;
    const content = asked.response_format === undefined ? PLAN : VERDICT;
    if (asked.stream !== true) return send(response, 200, { ...head(), choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage }); // prettier-ignore
    const words = content.split(/(?<=\s)/);
    const choices = (delta: object, finish_reason: string | null = null) => [
      { index: 0, delta, finish_reason },
    ];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const word of this.mood === 'hangs' ? words.slice(0, 1) : words)
      response.write(event({ ...head(), choices: choices({ content: word }) }));
    if (this.mood === 'hangs') return;
    response.write(event({ ...head(), choices: choices({}, 'stop') }));
    response.end(`${event({ ...head(), choices: [], usage })}data: [DONE]\n\n`);
  }
}

function usageOf({ messages, max_completion_tokens: most, max_tokens: legacyMost }: Asked) {
  const sizes = messages.map(({ content }) => Buffer.byteLength(content) + TOKENS_AROUND_A_MESSAGE);
  const prompt_tokens = sizes.reduce((sum, size) => sum + size, 0);
  const completion_tokens = most ?? legacyMost ?? 0;
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

function head() {
  return { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: VENDOR_MODEL };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
