import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { llmOrch } from '../llm-orch.service-definition.js';

const CHAT = '/llm-orch/v1/openai/chat/completions';
const WISH = JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'Invite people' }] });
const JSON_TYPE = { 'content-type': 'application/json' };

let app: TestService;

beforeAll(async () => {
  app = await startService(llmOrch, { environment: { RATE_LIMIT: 'on' } });
});
afterAll(() => app.close());

interface Call {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Status, and the body's code and type; fails when the body is not OpenAI's. */
async function refusal({ path = CHAT, method = 'POST', headers = JSON_TYPE, body }: Call) {
  const authorization = await app.tokens.bearer();
  const sent = { method, headers: { authorization, ...headers }, ...(body === undefined ? {} : { body }) };
  const response = await fetch(app.url + path, sent);
  const { error, ...rest } = (await response.json()) as { error: { code: string; type: string } };
  expect(rest).toEqual({});
  expect(error).toMatchObject({ message: expect.any(String), param: null });
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('x-request-id')).not.toBeNull();
  return { answer: [response.status, error.code, error.type], response };
}

describe('below the ingress, in OpenAI’s shape', () => {
  it.each<[string, Call, (string | number)[]]>([
    ['a body that is no JSON', { body: '{"model":' }, [400, 'MALFORMED_BODY', 'invalid_request_error']],
    ['a body with a forged prototype', { body: '{"__proto__":{}}' }, [400, 'MALFORMED_BODY', 'invalid_request_error']],
    ['no token', { body: WISH, headers: { ...JSON_TYPE, authorization: '' } }, [401, 'UNAUTHORIZED', 'authentication_error']],
    ['a path that is not there', { path: '/llm-orch/v1/openai/nowhere', body: WISH }, [404, 'NOT_FOUND', 'not_found_error']],
    ['a method that is not there', { method: 'DELETE', headers: {} }, [404, 'NOT_FOUND', 'not_found_error']],
    ['a body of two megabytes', { body: `{"model":"${'x'.repeat(2_000_000)}"}` }, [413, 'PAYLOAD_TOO_LARGE', 'invalid_request_error']],
    ['a body of another type', { body: 'model=auto', headers: { 'content-type': 'text/plain' } }, [415, 'UNSUPPORTED_MEDIA_TYPE', 'invalid_request_error']],
  ])('%s is refused', async (_what, call, answer) => {
    expect((await refusal(call)).answer).toEqual(answer);
  }); // prettier-ignore

  it('a wallet that is down is a server error to try again after', async () => {
    app.wallet.isDown = true;
    const { answer, response } = await refusal({ body: WISH });
    app.wallet.recover();
    expect(answer).toEqual([503, 'UNAVAILABLE', 'server_error']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('too many calls are a rate limit to wait for', async () => {
    const models = { path: '/llm-orch/v1/openai/models', method: 'GET', headers: {} };
    const authorization = await app.tokens.bearer();
    let status = 200;
    for (let call = 0; call < 1_001 && status === 200; call += 1)
      ({ status } = await fetch(app.url + models.path, { headers: { authorization } }));
    const { answer, response } = await refusal(models);
    expect(answer).toEqual([429, 'RATE_LIMITED', 'rate_limit_error']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('other routes keep their envelope', async () => {
    const { body } = await app.request().get('/llm-orch/v1/openai-like').expect(404);
    expect(body).toMatchObject({ data: null, error: { code: 'NOT_FOUND' }, meta: {} });
  });
});
