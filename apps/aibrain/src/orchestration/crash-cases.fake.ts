import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { JUDGE, MEMBERS, nameOf, WRITER } from '../zar/panel.fake.js';
import { answer, play, THOUGHT } from './llm-orch.fake.js';
import type { SeenCall } from './llm-orch.fake.js';

/** How far an orchestration had come when its process was killed. */
export type Stage =
  | 'before the hold'
  | 'after the hold'
  | 'models asked'
  | 'one member answered'
  | 'judge'
  | 'writer'
  | 'before the charge'
  | 'after the charge';

export interface CrashCase {
  readonly mode: 'single' | 'zar';
  readonly streamed: boolean;
  readonly stage: Stage;
  /** Whether the caller sends the same request again after the crash; otherwise it is swept. */
  readonly again: boolean;
  /** In the prompt, so that the fakes know whose call it is; also the key. */
  readonly name: string;
  readonly userId: string;
}

const STAGES: Readonly<Record<CrashCase['mode'], readonly Stage[]>> = {
  single: ['before the hold', 'after the hold', 'models asked', 'before the charge', 'after the charge'],
  zar: [
    'before the hold',
    'after the hold',
    'models asked',
    'one member answered',
    'judge',
    'writer',
    'before the charge',
    'after the charge',
  ],
};
/** What the fakes answer; that of the members is not unanimous, so that judge and writer are asked. */
const PLAN = 'A picnic for 12.\nBring 3 blankets.\nMeet at the lake.';
const ANSWERS: Readonly<Record<string, string>> = {
  [MEMBERS[0]]: PLAN,
  [MEMBERS[1]]: PLAN.replace('lake', 'river'),
  [MEMBERS[2]]: PLAN,
  [JUDGE]: JSON.stringify({ ranking: ['X'], consensus: [], contradictions: [], insights: [] }),
  [WRITER]: PLAN,
};

/** Every stage of every way to ask, sent again; and, unstreamed, every stage that nobody comes back to. */
export const CRASH_CASES: readonly CrashCase[] = (['single', 'zar'] as const).flatMap((mode) =>
  STAGES[mode].flatMap((stage) =>
    [
      { streamed: false, again: true },
      { streamed: true, again: true },
      { streamed: false, again: false },
    ].map((how) => ({
      mode,
      stage,
      ...how,
      name: `case ${mode} ${stage}${how.streamed ? ' streamed' : ''}${how.again ? '' : ' left'};`,
      userId: randomUUID(),
    })),
  ),
);

export function creditsOf({ mode }: CrashCase): { readonly held: number; readonly charged: number } {
  return mode === 'zar' ? { held: 60, charged: 60 } : { held: 10, charged: 10 };
}

/** How many different steps the gateway is asked for, over both lives of the process. */
export function stepsOf({ mode }: CrashCase): number {
  return mode === 'zar' ? 5 : 1;
}

export function requestOf({ mode, streamed, name }: CrashCase) {
  return { prompt: `Plan a picnic, ${name}`, mode, maxTokens: 500, ...(streamed ? { stream: true } : {}) };
}

/** The case that a call belongs to. */
export function caseOf({ body }: Pick<SeenCall, 'body'>): CrashCase | undefined {
  const said = JSON.stringify(body);
  return CRASH_CASES.find(({ name }) => said.includes(name));
}

/** Whether the gateway keeps silent at this call in the life that ends, so that its stage is not passed. */
export function isStuck(one: CrashCase, call: SeenCall): boolean {
  const name = nameOf(call);
  const isMember = one.mode === 'single' || (MEMBERS as readonly string[]).includes(name);
  switch (one.stage) {
    case 'models asked':
      return isMember;
    case 'one member answered':
      return isMember && name !== MEMBERS[0];
    case 'judge':
      return name === JUDGE;
    case 'writer':
      return name === WRITER;
    default:
      return false;
  }
}

/** How many calls the gateway has seen when the stage is reached. */
export function callsAt({ mode, stage }: CrashCase): number {
  if (mode === 'single') return 1;
  return stage === 'judge' ? 4 : stage === 'writer' ? 5 : 3;
}

export function answerCall(response: ServerResponse, { body }: SeenCall, stuck: boolean): void {
  const name = nameOf({ path: '', headers: {}, body });
  const thought = { ...THOUGHT, text: ANSWERS[name] ?? PLAN, model: String(body['model']) };
  if (body['stream'] === true) {
    const pieces = PLAN.split(/(?<=\n)/);
    if (stuck) play(response, pieces.slice(0, 1));
    else play(response, pieces, { event: 'done', data: thought });
  } else if (!stuck) answer(response, 200, thought);
}
