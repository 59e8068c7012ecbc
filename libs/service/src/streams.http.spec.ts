import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '@eventzr/testing';
import { sample, witness } from '@eventzr/testing/sample';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let test: TestService;
let bearer: string;
beforeAll(async () => {
  test = await startService(sample);
  bearer = await test.tokens.bearer();
});
afterAll(() => test.close());

describe('event streams', () => {
  const open = (kind: string, signal?: AbortSignal) =>
    fetch(`${test.url}/vault/v1/samples/stream?kind=${kind}`, {
      headers: { authorization: bearer },
      ...(signal && { signal }),
    });

  it('send events in order and close', async () => {
    const response = await open('whole');
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-request-id')).toMatch(UUID);
    expect(await response.text()).toBe('id: 1\nevent: start\ndata: {"n":1}\n\ndata: two\ndata: lines\n\n');
  });

  it('are a JSON envelope when they fail before the first event, an event when later', async () => {
    const early = await open('refused');
    expect([early.status, ((await early.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'SAMPLE_1001',
    ]);
    const late = await (await open('breaks')).text();
    expect(late).toContain('event: error\ndata: {"code":"INTERNAL"');
    expect(late).not.toContain('secret');
  });

  it('beat while nothing happens, and end when the reader leaves', async () => {
    const before = witness.left;
    const leaving = new AbortController();
    const reader = (await open('endless', leaving.signal)).body?.getReader();
    let text = '';
    while (!text.includes(': heartbeat')) text += new TextDecoder().decode((await reader?.read())?.value);
    leaving.abort();
    while (witness.left === before) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(text).toContain('event: start');
  });
});
