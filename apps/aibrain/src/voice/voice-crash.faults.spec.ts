import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Environment } from '@eventzr/config';
import { ProcessStage, TEST_TENANT, until } from '@eventzr/testing';
import type { ServiceProcess, StageSet } from '@eventzr/testing';
import { answer, FakeLlmOrch, THOUGHT } from '../orchestration/llm-orch.fake.js';
import type { StudioCall } from './studio.fake.js';
import { FakeStudio } from './studio.fake.js';

const START_CREDITS = 10_000;
const CHARGED = { held: 30, charged: 30, refunded: 0 };
/** How far a spoken turn had come when its process was killed, and what it had asked for by then. */
const STAGES = {
  'taking in': ['/audio/recordings'],
  hearing: ['/audio/recordings', '/audio/transcribe'],
  thinking: ['/audio/recordings', '/audio/transcribe', 'brain'],
  speaking: ['/audio/recordings', '/audio/transcribe', 'brain', '/audio/tts'],
  'before the charge': ['/audio/recordings', '/audio/transcribe', 'brain', '/audio/tts'],
  'after the charge': ['/audio/recordings', '/audio/transcribe', 'brain', '/audio/tts'],
} as const;
type Stage = keyof typeof STAGES;

interface CrashCase {
  readonly stage: Stage;
  /** Whether the caller sends the same request again after the crash; otherwise it is swept. */
  readonly again: boolean;
  /** In the address and in all that is said, so that the fakes know whose call it is; also the key. */
  readonly name: string;
  readonly userId: string;
  readonly recordingId: string;
}

const CASES: readonly CrashCase[] = (Object.keys(STAGES) as Stage[]).flatMap((stage) =>
  [true, false].map((again) => ({
    stage,
    again,
    name: `case-${stage.replaceAll(' ', '-')}${again ? '' : '-left'}-end`,
    userId: randomUUID(),
    recordingId: randomUUID(),
  })),
);
const AGAIN = CASES.filter(({ again }) => again);
const LEFT = CASES.filter(({ again }) => !again);
const at = (stage: Stage) => CASES.filter((one) => one.stage === stage);

/** aibrain's processes between a fake studio and a fake gateway. */
class VoiceStage extends ProcessStage {
  private constructor(
    set: StageSet,
    readonly brain: FakeLlmOrch,
    readonly studio: FakeStudio,
  ) {
    super(set);
  }

  static async set(): Promise<VoiceStage> {
    const fakes = [FakeLlmOrch.start(), FakeStudio.start()] as const;
    return new VoiceStage(await ProcessStage.prepare('aibrain'), await fakes[0], await fakes[1]);
  }

  start(entry: 'main' | 'worker'): Promise<ServiceProcess> {
    return this.run(fileURLToPath(new URL(`../../dist/${entry}.js`, import.meta.url)));
  }

  override async strike(): Promise<void> {
    await super.strike();
    await Promise.all([this.brain.stop(), this.studio.stop()]);
  }

  protected override environment(): Environment {
    return { LLM_ORCH_INTERNAL_URL: this.brain.url, STUDIO_INTERNAL_URL: this.studio.url };
  }
}

describe('kill -9 in every stage of a spoken turn', () => {
  let stage: VoiceStage;
  let api: ServiceProcess;
  const gates = { 'before the charge': Promise.withResolvers<void>(), 'after the charge': Promise.withResolvers<void>() }; // prettier-ignore
  let isFirstLife = true;

  beforeAll(async () => {
    stage = await VoiceStage.set();
    stage.wallet.balance(START_CREDITS);
    behave();
    api = await stage.start('main');
    for (const one of CASES) void send(one).then((response) => response.text()).catch(() => undefined); // prettier-ignore
    await until(() => CASES.every((one) => callsOf(one).length === STAGES[one.stage].length), 60_000);
    // Charged and answered, but the wallet has not heard of it.
    stage.wallet.isDown = true;
    gates['after the charge'].resolve();
    await until(async () => (await turns()) === at('after the charge').length);
    const unblock = await stage.block('aibrain.orchestrations', 'EXCLUSIVE');
    gates['before the charge'].resolve();
    await until(async () => (await stage.waiting()) === at('before the charge').length);
    await api.kill();
    await unblock();
    isFirstLife = false;
    stage.wallet.recover();
    api = await stage.start('main');
  });
  afterAll(async () => {
    expect([stage.wallet.faults, stage.brain.faults, stage.studio.faults]).toEqual([[], [], []]);
    await stage.strike();
  });

  it('left an open hold wherever a vendor may have been asked, and no turn that was not charged', async () => {
    expect(await turns()).toBe(at('after the charge').length);
    for (const one of CASES) {
      const states = holdsOf(one).map(({ state }) => state);
      expect([one.name, states]).toEqual([one.name, one.stage === 'taking in' ? [] : ['open']]);
    }
  });

  it.each(AGAIN)('$stage: the key is the dead one’s until its lease ends', async (one) => {
    const { status, code, replayed, credits } = await ask(one);
    if (one.stage === 'after the charge') expect([status, replayed, credits]).toEqual([200, true, CHARGED]);
    else expect([status, code]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
  });

  it('the leases end', async () => {
    await stage.endLeases('platform.idempotency_keys');
    await stage.endLeases('platform.credit_operations');
  });

  it.each(AGAIN)('$stage: sent again it is answered and spoken once, by the same steps under the same hold', async (one) => {
    const first = await ask(one);
    expect([first.status, first.credits, first.spoken]).toEqual([200, CHARGED, `Plan ${one.name}.`]);
    const asked = callsOf(one).length;
    expect(await ask(one)).toEqual({ ...first, replayed: true });
    expect(callsOf(one)).toHaveLength(asked);
    const [hold, ...others] = holdsOf(one);
    expect(others).toEqual([]);
    const keys = new Map<string, Set<string>>();
    for (const { path, headers } of callsOf(one)) {
      keys.set(path, (keys.get(path) ?? new Set()).add(String(headers['idempotency-key'])));
      if (path !== '/audio/recordings') expect(headers).toMatchObject({ 'x-parent-hold': hold?.id, 'x-parent-operation': hold?.referenceId }); // prettier-ignore
    }
    expect([...keys.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
  }); // prettier-ignore

  it('the worker settles and sweeps what is left', async () => {
    await stage.rows(`UPDATE platform.settlements SET next_attempt_at = now() - interval '1 second'`);
    await stage.start('worker');
    await until(() => CASES.every((one) => holdsOf(one).every(({ state }) => state !== 'open')));
  });

  it.each(AGAIN)('$stage: one charge, one turn, each event once', async (one) => {
    expect(holdsOf(one)).toMatchObject([{ state: 'captured', captured: 30 }]);
    expect(spentBy(one)).toBe(30);
    expect(await toldOf(one)).toEqual({ turns: 1, events: 2 });
  });

  it.each(LEFT)('$stage: nobody came back', async (one) => {
    const isCharged = one.stage === 'after the charge';
    const states = holdsOf(one).map(({ state }) => state);
    expect(states).toEqual(one.stage === 'taking in' ? [] : [isCharged ? 'captured' : 'released']);
    expect(spentBy(one)).toBe(isCharged ? 30 : 0);
    expect(await toldOf(one)).toEqual(isCharged ? { turns: 1, events: 2 } : { turns: 0, events: 0 });
  });

  /** In the life that ends, nobody answers the step at which its case is killed. */
  function behave(): void {
    const { studio, brain } = stage;
    const isStuck = (one: CrashCase, when: Stage) => isFirstLife && one.stage === when;
    studio.recordings = (_response, call, finish) => {
      const one = caseOf(call.body);
      if (!isStuck(one, 'taking in'))
        finish({ recordingId: one.recordingId, mimeType: 'audio/mp4', bytes: 9, durationMs: 5_000 });
    };
    studio.transcribe = (_response, call, finish) => {
      const one = caseOf(call.body);
      const heard = { ...studio.heard, text: `plan ${one.name}`, segments: [], limits: [] };
      if (!isStuck(one, 'hearing')) finish({ ...studio.transcript(), transcript: heard });
    };
    brain.think = (response, { body }) => {
      const one = caseOf(body);
      if (!isStuck(one, 'thinking')) answer(response, 200, { ...THOUGHT, text: `Plan ${one.name}.` });
    };
    studio.speak = (_response, call, finish) => {
      const one = caseOf(call.body);
      if (isStuck(one, 'speaking')) return;
      const gate = isFirstLife && (one.stage === 'before the charge' || one.stage === 'after the charge') ? gates[one.stage].promise : Promise.resolve(); // prettier-ignore
      void gate.then(() => finish(studio.speech()));
    };
  }

  async function send({ userId, name }: CrashCase): Promise<Response> {
    return fetch(`${api.url}/aibrain/v1/voice/orchestrate`, {
      method: 'POST',
      headers: {
        authorization: await stage.tokens.bearer({ userId }),
        'content-type': 'application/json',
        'idempotency-key': name,
      },
      body: JSON.stringify({
        audioUrl: `https://example.com/${name}.m4a`,
        maxTokens: 500,
        ttsResponse: true,
      }),
    });
  }

  async function ask(one: CrashCase) {
    const response = await send(one);
    const { data, error } = (await response.json()) as {
      data: { id: string; credits: object; audio?: { text: string } } | null;
      error: { code: string } | null;
    };
    const replayed = response.headers.get('idempotency-replayed') === 'true';
    const shown = { id: data?.id, credits: data?.credits, spoken: data?.audio?.text };
    return { status: response.status, replayed, code: error?.code, ...shown };
  }

  function callsOf(one: CrashCase) {
    const { brain, studio } = stage;
    const steps = studio.seen.filter(({ path }) => path !== '/estimates');
    const thoughts = brain.thoughts.map((call) => ({ ...call, path: 'brain' }));
    return [...steps, ...thoughts].filter(({ body }) => caseOf(body) === one);
  }

  function holdsOf({ userId }: CrashCase) {
    return stage.wallet.taken.filter((hold) => hold.userId === userId);
  }

  function spentBy({ userId }: CrashCase): number {
    return START_CREDITS - stage.wallet.available(TEST_TENANT, userId);
  }

  async function turns(): Promise<number> {
    return (await stage.rows('SELECT FROM orchestrations')).length;
  }

  async function toldOf({ userId }: CrashCase) {
    const [answered, events] = await Promise.all([
      stage.rows('SELECT FROM orchestrations WHERE user_id = $1', [userId]),
      stage.rows(`SELECT FROM platform.outbox_events WHERE data ->> 'userId' = $1`, [userId]),
    ]);
    return { turns: answered.length, events: events.length };
  }
});

function caseOf(body: StudioCall['body']): CrashCase {
  const said = JSON.stringify(body);
  const found = CASES.find(({ name, recordingId }) => said.includes(name) || said.includes(recordingId));
  if (found === undefined) throw new Error(`a call of no case: ${said}`);
  return found;
}
