import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, TEST_TENANT } from '@eventzr/testing';
import type { TestService } from '@eventzr/testing';
import { SettlementSweep } from '@eventzr/wallet-client';
import { AiBrainDb } from '../aibrain.db.js';
import { aibrain } from '../aibrain.service-definition.js';
import { answer, FakeLlmOrch, THOUGHT } from '../orchestration/llm-orch.fake.js';

const CONVERSATIONS = '/aibrain/v1/conversations';
const ORCHESTRATE = '/aibrain/v1/orchestrate';
const OTHER_USER = '00000000-0000-4000-8000-000000000999';

describe('conversations', () => {
  let brain: FakeLlmOrch;
  let app: TestService;

  beforeAll(async () => {
    brain = await FakeLlmOrch.start();
    app = await startService(aibrain, { environment: { LLM_ORCH_INTERNAL_URL: brain.url } });
  });
  beforeEach(() => {
    brain.think = (response) => answer(response, 200, THOUGHT);
    brain.seen.length = 0;
    app.wallet.balance(10_000);
  });
  afterAll(async () => {
    await app.close();
    await brain.stop();
    expect(brain.faults).toEqual([]);
  });

  async function begun(): Promise<string> {
    const response = await (await app.as()).post(CONVERSATIONS).send({ title: 'Party' });
    expect([response.status, response.headers['location']]).toEqual([
      201,
      `${CONVERSATIONS}/${response.body.data.id}`,
    ]);
    return response.body.data.id as string;
  }
  const ask = async (conversationId: string | undefined, prompt = 'And then?') =>
    (await app.as()).post(ORCHESTRATE).send({ prompt, ...(conversationId && { conversationId }) });

  it('a turn knows what was said before, and the turns are listed', async () => {
    const id = await begun();
    await ask(id, 'A party for 50');
    const { body } = await ask(id);
    expect(body.data.conversationId).toBe(id);
    expect(brain.thoughts[1]?.body['messages']).toMatchObject([
      { role: 'system' },
      { role: 'user', content: 'A party for 50' },
      { role: 'assistant', content: THOUGHT.text },
      { role: 'user', content: 'And then?' },
    ]);
    const turns = (await (await app.as()).get(`${CONVERSATIONS}/${id}/turns`)).body.data;
    expect(turns.map(({ prompt }: { prompt: string }) => prompt)).toEqual(['And then?', 'A party for 50']);
    const { data } = (await (await app.as()).get(`${CONVERSATIONS}/${id}`)).body;
    expect(data).toMatchObject({ title: 'Party', turns: 2, maxTurns: 50, own: true });
  });

  it('a request without a conversation begins one', async () => {
    const { body } = await ask(undefined, 'A picnic by the lake');
    const { data } = (await (await app.as()).get(`${CONVERSATIONS}/${body.data.conversationId}`)).body;
    expect(data).toMatchObject({ title: 'A picnic by the lake', turns: 1 });
  });

  it.each([{ locked: true }, { archived: true }])(
    '409 AIBRAIN_1201 when %j, until it is undone',
    async (how) => {
      const id = await begun();
      const user = await app.as();
      expect((await user.patch(`${CONVERSATIONS}/${id}`).send(how)).body.data).toMatchObject(how);
      const holds = app.wallet.holds.length;
      const { status, body } = await ask(id);
      expect([status, body.error.code]).toEqual([409, 'AIBRAIN_1201']);
      expect([app.wallet.holds.length, brain.seen.length]).toEqual([holds, 0]);
      await user.patch(`${CONVERSATIONS}/${id}`).send({ locked: false, archived: false }).expect(200);
      expect((await ask(id)).status).toBe(200);
    },
  );

  it('locked while the model thinks: no turn, nothing charged', async () => {
    const id = await begun();
    const user = await app.as();
    brain.think = (response) =>
      void user
        .patch(`${CONVERSATIONS}/${id}`)
        .send({ locked: true })
        .then(() => answer(response, 200, THOUGHT));
    expect((await ask(id)).body.error.code).toBe('AIBRAIN_1201');
    await app.service.app.get(SettlementSweep, { strict: false }).run();
    expect(app.wallet.holds.at(-1)).toMatchObject({ state: 'released' });
    expect((await user.get(`${CONVERSATIONS}/${id}/turns`)).body.data).toEqual([]);
  });

  it('400 AIBRAIN_1202 after 50 turns', async () => {
    const id = await begun();
    await app.service.app.get(AiBrainDb).withTenant(
      (tx) => tx.$executeRaw`UPDATE conversations SET turns = 49 WHERE id = ${id}::uuid`,
      TEST_TENANT,
    ); // prettier-ignore
    expect((await ask(id)).status).toBe(200);
    const { status, body } = await ask(id);
    expect([status, body.error.code]).toEqual([400, 'AIBRAIN_1202']);
  });

  it('is private to its user; organizers read what is shared, nobody else changes it', async () => {
    const id = await begun();
    const path = `${CONVERSATIONS}/${id}`;
    const user = await app.as({ userId: OTHER_USER, roles: ['user'] });
    const organizer = await app.as({ userId: OTHER_USER, roles: ['organizer'] });
    const stranger = await app.as({
      tenantId: 'a0000000-0000-4000-8000-000000000002',
      roles: ['admin'],
    });
    const seen = async () =>
      Promise.all([user, organizer, stranger].map(async (agent) => (await agent.get(path)).status));
    expect(await seen()).toEqual([404, 404, 404]);
    expect((await organizer.get(`${path}/export`)).body.error.code).toBe('AIBRAIN_1200');
    await (await app.as()).patch(path).send({ shared: true }).expect(200);
    expect(await seen()).toEqual([404, 200, 404]);
    expect((await organizer.get(path)).body.data.own).toBe(false);
    expect((await organizer.get(`${path}/turns`)).status).toBe(200);
    expect((await organizer.get(`${path}/export`)).status).toBe(200);
    const listed = (await organizer.get(CONVERSATIONS)).body.data.map(({ id: one }: { id: string }) => one);
    expect(listed).toEqual([id]);
    expect((await organizer.patch(path).send({ title: 'Mine' })).body.error.code).toBe('AIBRAIN_1200');
    expect((await organizer.delete(path)).status).toBe(404);
    const turn = await organizer.post(ORCHESTRATE).send({ prompt: 'x', conversationId: id });
    expect([turn.status, turn.body.error.code]).toEqual([404, 'AIBRAIN_1200']);
  });

  it('taken out whole, oldest turn first: the same each time, as JSON or to be read', async () => {
    const id = await begun();
    await ask(id, 'A party for 50');
    await ask(id, 'And <b>then</b>?');
    const user = await app.as();
    const [first, again] = [await user.get(`${CONVERSATIONS}/${id}/export`), await user.get(`${CONVERSATIONS}/${id}/export?format=json`)];
    expect(again.body.data).toEqual(first.body.data);
    const { conversation, turns } = first.body.data;
    expect(conversation).toEqual((await user.get(`${CONVERSATIONS}/${id}`)).body.data);
    expect(turns.map(({ prompt }: { prompt: string }) => prompt)).toEqual(['A party for 50', 'And <b>then</b>?']);
    const listed = (await user.get(`${CONVERSATIONS}/${id}/turns`)).body.data;
    expect(turns).toEqual(listed.reverse());
    for (const read of [await user.get(`${CONVERSATIONS}/${id}/export?format=markdown`), await user.get(`${CONVERSATIONS}/${id}/export`).set('accept', 'text/markdown')]) {
      expect([read.status, read.headers['content-type'], read.headers['content-disposition']]).toEqual([200, 'text/markdown; charset=utf-8', `attachment; filename="conversation-${id}.md"`]);
      expect(read.text).toMatch(/^# Party\n\n## 1\. [\s\S]+> A party for 50[\s\S]+## 2\.[\s\S]+> And &lt;b>then&lt;\/b>\?/);
    }
    expect((await user.get(`${CONVERSATIONS}/${id}/export?format=pdf`)).status).toBe(400);
  }); // prettier-ignore

  it('deleted with its turns', async () => {
    const id = await begun();
    const { body } = await ask(id);
    const user = await app.as();
    expect((await user.delete(`${CONVERSATIONS}/${id}`)).body.data).toEqual({ id, deletedTurns: 1 });
    expect((await user.get(`${CONVERSATIONS}/${id}`)).status).toBe(404);
    expect((await user.get(`/aibrain/v1/requests/${body.data.id}`)).status).toBe(404);
  });

  it('pages of conversations, newest first', async () => {
    const ids = [await begun(), await begun()];
    const user = await app.as();
    const first = (await user.get(`${CONVERSATIONS}?limit=1`)).body;
    const next = (await user.get(`${CONVERSATIONS}?limit=1&cursor=${first.page.next_cursor}`)).body;
    expect([next.data[0].id, first.data[0].id]).toEqual([...ids].sort());
  });
});
