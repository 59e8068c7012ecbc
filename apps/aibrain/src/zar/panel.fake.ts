import type { ServerResponse } from 'node:http';
import { answer, refuse } from '../orchestration/llm-orch.fake.js';
import type { FakeLlmOrch, SeenCall } from '../orchestration/llm-orch.fake.js';

/** What one model does when it is asked: says a text, fails with a status, or keeps silent (null). */
export type Part = string | number | null;

export const MEMBERS = [
  'anthropic/claude-haiku-4-5',
  'openai/gpt-4.1-mini',
  'google/gemini-2.5-flash',
] as const;
export const JUDGE = 'judges/judge-1';
export const WRITER = 'writers/writer-1';
export const COST_MICRO_USD = 60;

/** For specs: three members, a judge and a writer behind the gateway's fake. */
export interface FakePanel {
  readonly members: readonly [Part, Part, Part];
  readonly judge?: Part;
  readonly writer?: Part;
}

/** Lets `panel` answer whatever the gateway is asked. */
export function seat(brain: FakeLlmOrch, panel: FakePanel): void {
  const parts = new Map<string, Part>([
    ...MEMBERS.map((name, index) => [name, panel.members[index] ?? null] as const),
    [JUDGE, panel.judge ?? null],
    [WRITER, panel.writer ?? null],
  ]);
  brain.think = (response, call) => play(parts.get(nameOf(call)), response, call);
}

export function nameOf({ body }: SeenCall): string {
  return `${String(body['provider'])}/${String(body['model'])}`;
}

function play(part: Part | undefined, response: ServerResponse, { body }: SeenCall): void {
  if (part === null) return;
  if (part === undefined) return refuse(response, 400, 'LLM_1001');
  if (typeof part === 'number') return refuse(response, part, 'LLM_1002');
  answer(response, 200, {
    text: part,
    model: body['model'],
    usage: { inputTokens: 40, outputTokens: 300, totalTokens: 340 },
    costUsd: COST_MICRO_USD / 1_000_000,
  });
}
