import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const MODERATION_KEY = 'sk-moderation-of-tests';

/** A server that speaks the vendor's moderation API and refuses what the vendor would refuse. For specs only. */
export interface FakeModerations {
  readonly baseUrl: string;
  readonly judged: string[];
  /** Answers every call with this status instead; undefined: judges again. */
  fail(status: number | undefined): void;
  close(): void;
}

/** Flags whatever holds the word `forbidden`. */
export async function startFakeModerations(): Promise<FakeModerations> {
  const judged: string[] = [];
  let failure: number | undefined;
  const server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    void text(request).then((sent) => {
      if (failure !== undefined)
        return answer(failure, { error: { message: 'failing', type: 'server_error' } });
      const { model, input, ...others } = JSON.parse(sent) as Record<string, unknown>;
      const authorised = request.headers.authorization === `Bearer ${MODERATION_KEY}`;
      if (!authorised) return answer(401, { error: { message: 'wrong key', code: 'invalid_api_key' } });
      const valid =
        request.url === '/v1/moderations' && model === 'omni-moderation-latest' && typeof input === 'string';
      if (!valid || Object.keys(others).length > 0)
        return answer(400, { error: { message: 'invalid body' } });
      judged.push(input);
      const flagged = input.includes('forbidden');
      const categories = { violence: flagged, hate: false };
      return answer(200, { id: 'modr-1', model, results: [{ flagged, categories, category_scores: {} }] });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    judged,
    fail: (status) => (failure = status),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
