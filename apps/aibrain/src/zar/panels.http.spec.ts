import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { aibrain } from '../aibrain.service-definition.js';
import { answer, FakeLlmOrch } from '../orchestration/llm-orch.fake.js';
import { nameOf } from './panel.fake.js';

const WISH = { prompt: 'How many chairs?', mode: 'zar', maxTokens: 100 };

describe('who is asked in mode zar', () => {
  let brain: FakeLlmOrch;
  let app: TestService | undefined;

  beforeEach(async () => {
    brain = await FakeLlmOrch.start();
    brain.think = (response, { body }) => {
      const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
      const text = `Take 50 chairs, says ${String(body['model'])}.\nAnd 5 tables.`;
      answer(response, 200, { text, model: body['model'], usage, costUsd: 0, limits: [`of ${text}`] });
    };
  });
  afterEach(async () => {
    await app?.close();
    await brain.stop();
    expect(brain.faults).toEqual([]);
  });

  async function asked(members: string, judge = '') {
    const environment = { LLM_ORCH_INTERNAL_URL: brain.url, ZAR_MEMBERS: members, ZAR_JUDGE: judge };
    app = await startService(aibrain, { environment });
    app.wallet.balance(1_000);
    const user = await app.as({ planTier: 'enterprise' });
    const { body } = await user.post('/aibrain/v1/orchestrate').send(WISH);
    return { data: body.data, models: brain.thoughts.map(nameOf) };
  }

  it('without a vendor: the three local planners, and neither judge nor writer', async () => {
    const { data, models } = await asked('');
    expect(models.sort()).toEqual([
      'local/local-allocator-1',
      'local/local-checklist-1',
      'local/local-planner-1',
    ]);
    expect(data.consensus).toMatchObject({ panel: 'local', synthesis: 'medoid' });
    expect(data.limits[0]).toContain('not language models');
    // Only of the member whose answer is given.
    expect(data.limits.slice(1)).toEqual([`of ${data.answer}`]);
  });

  it('one model three times, labelled so', async () => {
    const { data, models } = await asked('openai/gpt-4.1-mini');
    expect(models.slice(0, 3)).toEqual(Array(3).fill('openai/gpt-4.1-mini'));
    expect(new Set(brain.thoughts.map(({ headers }) => headers['idempotency-key'])).size).toBe(models.length);
    expect(data.consensus.panel).toBe('self');
    expect(data.limits[0]).toContain('self-ensemble');
  });

  it.each([
    ['two models: the first one twice', 'openai/gpt-4.1,google/gemini-2.5-flash', 'self'],
    ['one maker at two vendors', 'openai/gpt-4.1,azure-openai/gpt-4.1,google/gemini-2.5-flash', 'self'],
    [
      'three makers',
      'openai/gpt-4.1,openrouter/anthropic/claude-haiku-4.5,google/gemini-2.5-flash',
      'families',
    ],
  ])('%s', async (_what, members, panel) => {
    const { data, models } = await asked(members, 'judges/judge-1');
    expect(models[3]).toBe('judges/judge-1');
    expect(data.consensus.panel).toBe(panel);
  });
});
