import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, TEST_INTERNAL_KEY } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { llmOrch } from '../llm-orch.service-definition.js';
import { FakeOpenAiServer } from '../providers/openai-compatible/openai-server.fake.js';

const KEY = 'sk-test-0123456789';
const vendor = new FakeOpenAiServer(KEY);
let app: TestService;

beforeAll(async () => {
  app = await startService(llmOrch, {
    environment: {
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: await vendor.start(),
      OPENAI_MODELS: 'gpt-4.1-mini,gpt-4.1',
      LLM_ROUTES: 'email=openai/gpt-4.1',
    },
  });
});
afterAll(() => app.close());

const get = async (path: string) =>
  (await (await app.as()).get(`/llm-orch/v1/${path}`).expect(200)).body.data;
const refresh = () =>
  app
    .request()
    .post('/llm-orch/v1/jobs/refresh-providers')
    .set('x-internal-api-key', TEST_INTERNAL_KEY)
    .expect(200);

describe('the catalogue', () => {
  it('shows a model with its prices, what it can do, and whether it is in service', async () => {
    const models = await get('models');
    expect(models.find(({ id }: { id: string }) => id === 'gpt-4.1-mini')).toMatchObject({
      provider: 'openai',
      inputUsdPerMillionTokens: 0.4,
      cachedInputUsdPerMillionTokens: 0.1,
      outputUsdPerMillionTokens: 1.6,
      capabilities: expect.arrayContaining(['tools']),
      breaker: 'closed',
    });
  });

  it('shows who answers each use case, and in which order', async () => {
    const cases = await get('use-cases');
    const answers = (name: string) => cases.find((one: { name: string }) => one.name === name).models;
    expect(answers('email')).toEqual(['openai/gpt-4.1']);
    expect(answers('planning')).toEqual(['openai/gpt-4.1-mini']);
  });

  it('shows what the last look at a provider found', async () => {
    expect((await get('providers/openai')).health).toBeUndefined();
    vendor.offered = ['gpt-4.1-mini', 'gpt-9'];
    expect((await refresh()).body.data).toMatchObject({ succeeded: 2, failed: 0 });
    expect((await get('providers/openai')).health).toMatchObject({
      reachable: true,
      missingModels: ['gpt-4.1'],
    });
    await vendor.stop();
    expect((await refresh()).body.data).toMatchObject({ succeeded: 1, failed: 1 });
    expect((await get('providers/openai')).health).toMatchObject({ reachable: false });
  });
});
