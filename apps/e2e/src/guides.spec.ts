import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningPlatform, TENANT } from './platform.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const IN_TENANT = { ...JSON_TYPE, 'x-tenant-id': TENANT };

/** The curl calls of the five guides, with the host replaced. */
describe('the guides', () => {
  let eventzr: RunningPlatform;
  let token: string;
  let refreshToken: string;

  beforeAll(async () => {
    eventzr = await RunningPlatform.start();
    const { data } = await eventzr.call<{ accessToken: string; refreshToken: string }>('/auth/v1/login', {
      headers: JSON_TYPE,
      body: { email: 'dev@eventzr.com', password: 'Password123!' },
    });
    token = data.accessToken;
    refreshToken = data.refreshToken;
  }, 120_000);

  afterAll(() => eventzr.stop());

  it('POST /auth/v1/login answers an RS256 pair that lives an hour', async () => {
    const { status, data, meta } = await eventzr.call<Record<string, unknown>>('/auth/v1/login', {
      body: { email: 'dev@eventzr.com', password: 'Password123!' },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ expiresIn: 3600, tokenType: 'Bearer' });
    expect(decoded(String(data.accessToken), 0)).toMatchObject({ alg: 'RS256' });
    expect(decoded(String(data.accessToken), 1)).toMatchObject({
      tenantId: TENANT,
      email: 'dev@eventzr.com',
      planTier: 'professional',
    });
    expect(meta.request_id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('POST /auth/v1/refresh answers a new pair', async () => {
    const { status, data } = await eventzr.call<{ accessToken: string }>('/auth/v1/refresh', {
      body: { refreshToken },
    });
    expect(status).toBe(200);
    expect(decoded(data.accessToken, 1)).toMatchObject({ email: 'dev@eventzr.com' });
  });

  it('POST /studio/v1/images/generate makes a picture that opens from its link', async () => {
    const before = await eventzr.settledWallet(token);
    const submitted = await eventzr.call<{ jobId: string; status: string; creditsReserved: number }>(
      '/studio/v1/images/generate',
      {
        token,
        headers: IN_TENANT,
        body: {
          prompt: 'A vibrant tech conference poster with modern design',
          width: 1024,
          height: 1024,
          provider: 'dall-e-3',
        },
      },
    );
    expect(submitted.status).toBe(202);
    expect(submitted.data).toMatchObject({ status: 'queued', creditsReserved: 30 });
    const job = await finished(submitted.data.jobId);
    expect(job).toMatchObject({
      status: 'succeeded',
      provider: 'local',
      requestedProvider: 'dall-e-3',
      creditsCharged: 30,
    });
    const [asset] = job.assets;
    expect(asset).toMatchObject({ mimeType: 'image/png', width: 1024, height: 1024 });
    const bytes = await fetch(local(asset?.contentUrl ?? ''));
    expect(bytes.status).toBe(200);
    const png = Buffer.from(await bytes.arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
    expect((await eventzr.settledWallet(token)).available).toBe(before.available - 30);
  });

  it('POST /llm-orch/v1/inference/complete answers a description', async () => {
    const { status, data } = await eventzr.call<Completion>('/llm-orch/v1/inference/complete', {
      token,
      headers: IN_TENANT,
      body: {
        prompt: 'Generate an event description for a tech conference',
        maxTokens: 500,
        useCase: 'event-creation',
      },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ provider: 'local', useCase: 'event-creation', credits: { held: 10 } });
    expect(data.text).toMatch(/conference/i);
    expect(data.credits.charged).toBeGreaterThanOrEqual(5);
    expect(data.costUsd).toBeGreaterThan(0);
    expect(data.usage.outputTokens).toBeLessThanOrEqual(500);
  });

  it('POST /llm-orch/v1/inference/complete stays under its ceiling', async () => {
    const { status, data } = await eventzr.call<Completion>('/llm-orch/v1/inference/complete', {
      token,
      headers: { ...IN_TENANT, 'x-budget-max-usd': '0.05' },
      body: { prompt: 'Summarize this event', maxTokens: 200 },
    });
    expect(status).toBe(200);
    expect(data.costUsd).toBeLessThanOrEqual(0.05);
  });

  it('402 BUDGET_EXCEEDED when the call could cost more than the ceiling, and nothing is taken', async () => {
    const before = await eventzr.settledWallet(token);
    const { status, error } = await eventzr.call('/llm-orch/v1/inference/complete', {
      token,
      headers: { ...IN_TENANT, 'x-budget-max-usd': '0.000002' },
      body: { prompt: 'Summarize this event', maxTokens: 200 },
    });
    expect(status).toBe(402);
    expect(error).toMatchObject({ code: 'BUDGET_EXCEEDED', details: { ceilingUsd: 0.000002 } });
    expect(await eventzr.settledWallet(token)).toEqual(before);
  });

  it('POST /aibrain/v1/orchestrate plans the team-building event, for 5 to 25 credits on the ledger', async () => {
    const before = await eventzr.settledWallet(token);
    const { status, data } = await eventzr.call<Orchestration>('/aibrain/v1/orchestrate', {
      token,
      headers: IN_TENANT,
      body: {
        prompt: 'Plan a corporate team-building event for 50 people',
        mode: 'single',
        maxTokens: 500,
        context: 'Budget: $5000, Location: Mumbai',
      },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ mode: 'single', credits: { held: 10 } });
    expect(data.answer).toContain('Mumbai');
    expect(data.answer).toContain('50');
    expect(data.answer).toMatch(/5,000/);
    expect(data.credits.charged + data.credits.refunded).toBe(data.credits.held);
    expect([data.credits.charged >= 5, data.credits.charged <= 25]).toEqual([true, true]);
    const after = await eventzr.settledWallet(token);
    expect(before.available - after.available).toBe(data.credits.charged);
  });

  it('POST /aibrain/v1/orchestrate in mode zar designs the festival, for 60 credits on the ledger', async () => {
    const before = await eventzr.settledWallet(token);
    const { status, data } = await eventzr.call<Orchestration>('/aibrain/v1/orchestrate', {
      token,
      headers: IN_TENANT,
      body: {
        prompt: 'Design a multi-day music festival with vendor management',
        mode: 'zar',
        maxTokens: 1000,
        context: '3-day outdoor festival, 10,000 capacity',
      },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ mode: 'zar', credits: { held: 60, charged: 60, refunded: 0 } });
    expect(data.consensus).toMatchObject({ reached: true, answered: 3, of: 3, panel: 'local' });
    for (const said of ['10,000', 'Day 3', '## Vendor management']) expect(data.answer).toContain(said);
    const after = await eventzr.settledWallet(token);
    expect(before.available - after.available).toBe(60);
  });

  it('POST /aibrain/v1/orchestrate under a ceiling', async () => {
    const { status, data } = await eventzr.call<Orchestration>('/aibrain/v1/orchestrate', {
      token,
      headers: { ...IN_TENANT, 'x-budget-max-usd': '0.10' },
      body: { prompt: 'Plan a surprise birthday party', mode: 'single', maxTokens: 300 },
    });
    expect(status).toBe(200);
    expect(data.costUsd).toBeLessThanOrEqual(0.1);
    expect(data.answer).toMatch(/birthday/i);
  });

  it('POST /auth/v1/login/email and GET /subscriptions/v1/subscriptions', async () => {
    const login = await eventzr.call<{ accessToken: string; expiresIn: number }>('/auth/v1/login/email', {
      headers: IN_TENANT,
      body: { email: 'organizer@eventzr.com', password: 'Password123!' },
    });
    expect(login.data.expiresIn).toBe(3600);
    const { status, data, page } = await eventzr.call<{ status: string }[]>(
      '/subscriptions/v1/subscriptions',
      {
        token: login.data.accessToken,
        headers: JSON_TYPE,
      },
    );
    expect(status).toBe(200);
    expect(data.map((subscription) => subscription.status)).toContain('active');
    expect(page).toMatchObject({ has_more: false, limit: 20, next_cursor: null });
  });

  it('dev@ is asked for a second factor by subscriptions', async () => {
    const { status, error, headers } = await eventzr.call('/subscriptions/v1/subscriptions', { token });
    expect(status).toBe(401);
    expect(error?.code).toBe('STEP_UP_REQUIRED');
    expect(headers.get('www-authenticate')).toContain('insufficient_user_authentication');
  });

  it('POST /subscriptions/v1/jobs/process-renewals with the key and an empty JSON body', async () => {
    const { status, data } = await eventzr.call('/subscriptions/v1/jobs/process-renewals', {
      method: 'POST',
      headers: { ...JSON_TYPE, 'x-internal-api-key': eventzr.internalApiKey },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ job: 'process-renewals', failed: 0 });
  });

  it.each(['/subscriptions/v1/jobs/process-renewals', '/vault/v1/jobs/cleanup-expired'])(
    '401 for %s without the key',
    async (path) => {
      const { status, error } = await eventzr.call(path, { method: 'POST', headers: JSON_TYPE });
      expect(status).toBe(401);
      expect(error?.code).toBe('UNAUTHORIZED');
    },
  );

  it('GET /vault/v1/assets', async () => {
    const { status, data, page } = await eventzr.call<unknown[]>('/vault/v1/assets', { token });
    expect(status).toBe(200);
    expect(data).toEqual([]);
    expect(page).toMatchObject({ total: 0, page: 1, limit: 20, has_more: false });
  });

  it('POST /vault/v1/jobs/cleanup-expired with x-api-key', async () => {
    const { status, data } = await eventzr.call('/vault/v1/jobs/cleanup-expired', {
      method: 'POST',
      headers: { 'x-api-key': eventzr.internalApiKey },
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({ job: 'cleanup-expired', failed: 0 });
  });

  async function finished(jobId: string): Promise<JobView> {
    const { text } = await eventzr.call(`/studio/v1/render-jobs/${jobId}/events`, { token });
    expect(text).toMatch(/event: (succeeded|failed)/);
    return (await eventzr.call<JobView>(`/studio/v1/render-jobs/${jobId}`, { token })).data;
  }

  /** Links carry the public address, which here is a free port. */
  function local(contentUrl: string): string {
    const { pathname, search } = new URL(contentUrl);
    return eventzr.url + pathname + search;
  }
});

interface JobView {
  readonly status: string;
  readonly assets: readonly { readonly contentUrl: string }[];
}

interface Completion {
  readonly text: string;
  readonly costUsd: number;
  readonly credits: { readonly held: number; readonly charged: number };
  readonly usage: { readonly outputTokens: number };
}

interface Orchestration {
  readonly answer: string;
  readonly consensus?: object;
  readonly costUsd: number;
  readonly credits: { readonly held: number; readonly charged: number; readonly refunded: number };
}

function decoded(token: string, part: 0 | 1): unknown {
  return JSON.parse(Buffer.from(token.split('.')[part] ?? '', 'base64url').toString('utf8'));
}
