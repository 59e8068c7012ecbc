import { Agent, request } from 'undici';

const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

export interface Exchange {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Record<string, string>;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or the text when it is none. */
  readonly body: unknown;
}

/** Kept connections to the other services. Every status is an answer; only transport faults throw. */
export class HttpExchange {
  // The call's own signal ends what takes too long, in whichever phase.
  private readonly agent = new Agent({
    connections: 128,
    maxResponseSize: LARGEST_ANSWER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async send({ url, method, headers, body, signal }: Exchange): Promise<ExchangeAnswer> {
    const answer = await request(url, {
      dispatcher: this.agent,
      method,
      signal,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.statusCode, headers: answer.headers, body: parsed(await answer.body.text()) };
  }

  close(): void {
    void this.agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
