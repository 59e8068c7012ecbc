import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { studio } from '../studio.service-definition.js';

interface Operation {
  readonly requestBody?: { readonly content: Record<string, { readonly example?: object } | undefined> };
}

const { paths } = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  readonly paths: Record<string, { readonly post?: Operation }>;
};

/** What the playground has filled in for whoever only presses its button; edits need a picture of the caller's first. */
const FILLED_IN = Object.entries(paths).flatMap(([path, { post }]) => {
  const example = post?.requestBody?.content['application/json']?.example;
  const needsNothing = /\/(generate|tts|talking-head|templates|brand-kits|estimates)$/.test(path);
  return example !== undefined && needsNothing ? [[path, example] as const] : [];
});

describe("the playground's examples", () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startService(studio, { environment: { IMAGE_MODERATION: 'off' } });
    app.wallet.balance(10_000);
  });
  afterAll(() => app.close());

  it('are there for everything that is generated', () => expect(FILLED_IN.length).toBeGreaterThan(8));

  it.each(FILLED_IN)('%s takes its own', async (path, example) => {
    const { status, body } = await (await app.as({ roles: ['admin'] })).post(path).send(example);
    expect([status < 300, body.error]).toEqual([true, null]);
  });
});
