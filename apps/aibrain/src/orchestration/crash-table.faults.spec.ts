import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Environment } from '@eventzr/config';
import { ProcessStage, TEST_TENANT, until } from '@eventzr/testing';
import type { ServiceProcess, StageSet } from '@eventzr/testing';
import { JUDGE, MEMBERS, WRITER } from '../zar/panel.fake.js';
import type { CrashCase, Stage } from './crash-cases.fake.js';
import { answerCall, callsAt, caseOf, CRASH_CASES, creditsOf, isStuck, requestOf, stepsOf } from './crash-cases.fake.js'; // prettier-ignore
import { eventsIn } from './event-stream.fake.js';
import { FakeLlmOrch } from './llm-orch.fake.js';

const START_CREDITS = 10_000;
const AGAIN = CRASH_CASES.filter(({ again }) => again);
const LEFT = CRASH_CASES.filter(({ again }) => !again);
const at = (...stages: readonly Stage[]) => CRASH_CASES.filter(({ stage }) => stages.includes(stage));

interface Answered {
  readonly status: number;
  readonly replayed: boolean;
  /** The answer, however it was sent. */
  readonly data: { readonly id: string; readonly answer: string; readonly credits: object } | undefined;
  readonly code: string | undefined;
}

/** aibrain's processes and its gateway. */
class BrainStage extends ProcessStage {
  private constructor(
    set: StageSet,
    readonly brain: FakeLlmOrch,
  ) {
    super(set);
  }

  static async set(): Promise<BrainStage> {
    return new BrainStage(...(await Promise.all([ProcessStage.prepare('aibrain'), FakeLlmOrch.start()])));
  }

  start(entry: 'main' | 'worker'): Promise<ServiceProcess> {
    return this.run(fileURLToPath(new URL(`../../dist/${entry}.js`, import.meta.url)));
  }

  override async strike(): Promise<void> {
    await super.strike();
    await this.brain.stop();
  }

  protected override environment(): Environment {
    return {
      LLM_ORCH_INTERNAL_URL: this.brain.url,
      ZAR_MEMBERS: MEMBERS.join(','),
      ZAR_JUDGE: JUDGE,
      ZAR_WRITER: WRITER,
    };
  }
}

/** One `kill -9` under orchestrations in every stage at once; what each of them came to afterwards. */
describe('kill -9 in every stage of single and zar, buffered and streamed', () => {
  let stage: BrainStage;
  let api: ServiceProcess;
  const keysBefore = new Map<string, Set<string>>();

  beforeAll(async () => {
    stage = await BrainStage.set();
    stage.wallet.balance(START_CREDITS);
    api = await stage.start('main');
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    stage.brain.boundOf = (body) => (caseOf({ body })?.stage === 'before the hold' ? undefined : 200);
    stage.brain.think = (response, call) => {
      const one = caseOf(call);
      if (one === undefined) throw new Error('a call of no case');
      const when = one.stage === 'after the charge' ? gate : one.stage === 'before the charge' ? held : null;
      if (when === null) return answerCall(response, call, isStuck(one, call));
      void when.promise.then(() => answerCall(response, call, false));
    };
    for (const one of at('models asked', 'one member answered', 'judge', 'writer', 'before the charge', 'after the charge')) askInVain(one); // prettier-ignore
    await until(() => CRASH_CASES.every(hasCome), 60_000);
    // From here on every wait is shorter than the patience of a call: 4 s with the wallet, 5 s with an estimate.
    stage.wallet.failNext('slow', at('after the hold').length);
    for (const one of at('after the hold')) askInVain(one);
    await until(() => at('after the hold').every((one) => holdsOf(one).length === 1));
    // Charged and answered, but the wallet has not heard of it.
    stage.wallet.isDown = true;
    gate.resolve();
    await until(async () => (await answeredRows()) === at('after the charge').length);
    const unblock = await stage.block('aibrain.orchestrations', 'EXCLUSIVE');
    held.resolve();
    await until(async () => (await stage.waiting()) === at('before the charge').length);
    for (const one of at('before the hold')) askInVain(one);
    await until(() => at('before the hold').every(isEstimated));
    await api.kill();
    await unblock();
    for (const { headers, body } of stage.brain.thoughts) {
      const one = caseOf({ body });
      if (one !== undefined) remember(keysBefore, one.name, String(headers['idempotency-key']));
    }
    stage.brain.seen.length = 0;
    stage.brain.boundOf = () => 200;
    stage.brain.think = (response, call) => answerCall(response, call, false);
    stage.wallet.recover();
    api = await stage.start('main');
  });
  afterAll(async () => {
    expect([stage.wallet.faults, stage.brain.faults]).toEqual([[], []]);
    await stage.strike();
  });

  it('left what its stages say: holds that are open, and answers only where they were charged for', async () => {
    expect(await answeredRows()).toBe(at('after the charge').length);
    for (const one of CRASH_CASES) {
      const states = holdsOf(one).map(({ state }) => state);
      expect([one.name, states]).toEqual([one.name, one.stage === 'before the hold' ? [] : ['open']]);
    }
  });

  it.each(AGAIN)('$mode, $stage, streamed $streamed: the key is the dead one’s until its lease ends', async (one) => {
    const { status, code, replayed, data } = await ask(one);
    if (one.stage === 'after the charge')
      expect([status, replayed, data?.credits]).toEqual([200, true, { ...creditsOf(one), refunded: 0 }]);
    else expect([status, code]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
  }); // prettier-ignore

  it('the leases end', async () => {
    await stage.endLeases('platform.idempotency_keys');
    await stage.endLeases('platform.credit_operations');
  });

  it.each(AGAIN)('$mode, $stage, streamed $streamed: sent again it is answered once, under the same hold and the same steps', async (one) => {
    const first = await ask(one);
    expect([first.status, first.data?.credits]).toEqual([200, { ...creditsOf(one), refunded: 0 }]);
    const asked = callsOf(one).length;
    const second = await ask(one);
    expect([second.replayed, second.data]).toEqual([true, first.data]);
    expect(callsOf(one)).toHaveLength(asked);
    const [hold, ...others] = holdsOf(one);
    expect(others).toEqual([]);
    for (const { headers } of callsOf(one)) expect(headers).toMatchObject({ 'x-parent-hold': hold?.id, 'x-parent-operation': hold?.referenceId }); // prettier-ignore
    // The gateway replays a step that it finished in the life before, for its key is the same.
    const keys = new Set(keysBefore.get(one.name));
    for (const { headers } of callsOf(one)) keys.add(String(headers['idempotency-key']));
    expect(keys.size).toBe(stepsOf(one));
  }); // prettier-ignore

  it('the worker settles and sweeps what is left', async () => {
    await stage.rows(`UPDATE platform.settlements SET next_attempt_at = now() - interval '1 second'`);
    await stage.start('worker');
    await until(() => CRASH_CASES.every((one) => holdsOf(one).every(({ state }) => state !== 'open')));
  });

  it.each(AGAIN)('$mode, $stage, streamed $streamed: one charge, one turn, each event once', async (one) => {
    const { charged } = creditsOf(one);
    expect(holdsOf(one)).toMatchObject([{ state: 'captured', captured: charged }]);
    expect(spentBy(one)).toBe(charged);
    expect(await toldOf(one)).toEqual({ turns: 1, initiated: 1, generated: 1, failed: 0 });
  });

  it.each(LEFT)('$mode, $stage: nobody came back', async (one) => {
    const isCharged = one.stage === 'after the charge';
    const charged = isCharged ? creditsOf(one).charged : 0;
    const states = holdsOf(one).map(({ state }) => state);
    expect(states).toEqual(one.stage === 'before the hold' ? [] : [isCharged ? 'captured' : 'released']);
    expect(spentBy(one)).toBe(charged);
    const times = Number(isCharged);
    expect(await toldOf(one)).toEqual({ turns: times, initiated: times, generated: times, failed: 0 });
  });

  it('sent again after it was swept, it takes a hold of its own', async () => {
    const one = LEFT.find(({ mode, stage: where }) => mode === 'zar' && where === 'judge');
    if (one === undefined) throw new Error('no such case');
    expect(await ask(one)).toMatchObject({ status: 200, data: { credits: { charged: 60 } } });
    await until(() => holdsOf(one)[1]?.state === 'captured');
    expect(holdsOf(one).map(({ captured }) => captured)).toEqual([0, 60]);
    expect(await toldOf(one)).toEqual({ turns: 1, initiated: 1, generated: 1, failed: 0 });
  });

  async function send(one: CrashCase): Promise<Response> {
    return fetch(`${api.url}/aibrain/v1/orchestrate`, {
      method: 'POST',
      headers: {
        authorization: await stage.tokens.bearer({ userId: one.userId, planTier: 'pro' }),
        'content-type': 'application/json',
        'idempotency-key': one.name,
      },
      body: JSON.stringify(requestOf(one)),
    });
  }

  /** Nobody waits for the answer, which the crash swallows. */
  function askInVain(one: CrashCase): void {
    void send(one)
      .then((response) => response.text())
      .catch(() => undefined);
  }

  async function ask(one: CrashCase): Promise<Answered> {
    const response = await send(one);
    const text = await response.text();
    const replayed = response.headers.get('idempotency-replayed') === 'true';
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const body = isStream
      ? { data: eventsIn(text).find(({ event }) => event === 'done')?.data, error: null }
      : (JSON.parse(text) as { data: unknown; error: { code: string } | null });
    const data = body.data as Answered['data'];
    return { status: response.status, replayed, data, code: body.error?.code };
  }

  /** The gateway has been asked as often as the case's stage says. */
  function hasCome(one: CrashCase): boolean {
    const isLater = one.stage === 'before the hold' || one.stage === 'after the hold';
    return isLater || callsOf(one).length === callsAt(one);
  }

  function isEstimated(one: CrashCase): boolean {
    return stage.brain.seen.some((call) => caseOf(call) === one);
  }

  function callsOf(one: CrashCase) {
    return stage.brain.thoughts.filter((call) => caseOf(call) === one);
  }

  function holdsOf({ userId }: CrashCase) {
    return stage.wallet.taken.filter((hold) => hold.userId === userId);
  }

  function spentBy({ userId }: CrashCase): number {
    return START_CREDITS - stage.wallet.available(TEST_TENANT, userId);
  }

  async function answeredRows(): Promise<number> {
    return (await stage.rows('SELECT FROM orchestrations')).length;
  }

  async function toldOf({ userId }: CrashCase) {
    const turns = await stage.rows('SELECT FROM orchestrations WHERE user_id = $1', [userId]);
    const events = await stage.rows<{ type: string }>(
      `SELECT type FROM platform.outbox_events WHERE data ->> 'userId' = $1`,
      [userId],
    );
    const of = (type: string) => events.filter((event) => event.type === `eventzr.aibrain.${type}.v1`).length;
    return {
      turns: turns.length,
      initiated: of('request.initiated'),
      generated: of('response.generated'),
      failed: of('consensus.failed'),
    };
  }
});

function remember(sets: Map<string, Set<string>>, name: string, value: string): void {
  sets.set(name, (sets.get(name) ?? new Set()).add(value));
}
