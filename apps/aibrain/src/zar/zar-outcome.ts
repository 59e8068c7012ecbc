import { HttpErrors, CatalogueError } from '@eventzr/http';
import { AiBrainErrors } from '../aibrain.errors.js';
import type { Thought } from '../orchestration/brain.js';
import type { ConsensusView, MemberView } from '../orchestration/orchestration.dto.js';
import type { Outcome } from '../orchestration/orchestration-records.js';
import { usageOf } from '../orchestration/orchestration-records.js';
import type { Agreement } from './agreement.js';
import type { MemberOutcome } from './fan-out.js';
import type { Panel, PanelKind } from './panel.js';
import type { Synthesised } from './zar-synthesis.js';

const PANEL_LIMITS: Readonly<Record<PanelKind, readonly string[]>> = {
  families: [],
  self: [
    'self-ensemble: fewer than three model families are configured, so one model was asked more than once',
  ],
  local: [
    'the three members are rule-based local planners that are built differently, not language models: no judge and no writer took part',
  ],
};

/** Everything that a zar orchestration came to. */
export interface ZarEnd {
  readonly panel: Panel;
  readonly outcomes: readonly MemberOutcome[];
  /** Absent when a single member answered. */
  readonly agreement?: Agreement;
  readonly reached: boolean;
  readonly synthesised: Synthesised;
}

export function outcomeOf({ panel, outcomes, agreement, reached, synthesised }: ZarEnd): Outcome {
  const answered = outcomes.filter(({ status }) => status === 'answered').length;
  const thoughts = [...outcomes.flatMap(({ thought }) => thought ?? []), ...synthesised.thoughts];
  const consensus: ConsensusView = {
    reached,
    score: agreement?.score ?? null,
    level: agreement?.level ?? 'none',
    answered,
    of: outcomes.length,
    disagreements: (agreement?.disagreements ?? []).map(({ topic, positions }) => ({
      topic,
      positions: positions.map((position) => ({ ...position })),
    })),
    panel: panel.kind,
    synthesis: synthesised.synthesis,
  };
  return {
    text: synthesised.text,
    modelsUsed: [...new Set(thoughts.map(({ model }) => model))],
    usage: usageOf(thoughts),
    costUsd: sumOfCosts(thoughts),
    limits: limitsOf(panel, sourcesOf(thoughts, synthesised), synthesised),
    consensus,
    members: outcomes.map(memberView),
    ...(answered === 1 ? { degraded: true } : {}),
  };
}

export function memberView({ member, status, latencyMs, thought }: MemberOutcome): MemberView {
  const { slot, provider, model } = member;
  if (thought === undefined) return { slot, provider, model, status, latencyMs };
  const { usage, costUsd } = thought;
  const { inputTokens, outputTokens, totalTokens } = usage;
  return {
    slot,
    provider,
    model: thought.model,
    status,
    latencyMs,
    usage: { inputTokens, outputTokens, totalTokens },
    costUsd,
  };
}

/** Why nobody answered, when all say the same; otherwise that nobody did. */
export function nobodyAnswered(outcomes: readonly MemberOutcome[]): Error {
  const errors = outcomes.map(({ error }) => error);
  const [first] = errors;
  const timeouts = outcomes.every(({ status }) => status === 'timeout');
  if (timeouts) return AiBrainErrors.ORCHESTRATION_TIMEOUT(null, { cause: first });
  const same =
    first instanceof CatalogueError &&
    errors.every((error) => error instanceof CatalogueError && error.entry.code === first.entry.code);
  if (same && first.entry.code === HttpErrors.UNAVAILABLE.entry.code) return first;
  if (same && first.entry.code === HttpErrors.BUDGET_EXCEEDED.entry.code) return first;
  return AiBrainErrors.PROVIDER_ERROR(null, { cause: first });
}

/** In whole micro-USD, so that sums do not drift. */
function sumOfCosts(thoughts: readonly Thought[]): number {
  return thoughts.reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1_000_000), 0) / 1_000_000;
}

/** Whose limits hold for the answer: everybody's for one written anew, else those of the member whose answer it is. */
function sourcesOf(thoughts: readonly Thought[], { synthesis, text }: Synthesised): readonly Thought[] {
  return synthesis === 'written' ? thoughts : thoughts.filter((thought) => thought.text === text);
}

function limitsOf({ kind }: Panel, thoughts: readonly Thought[], { ungrounded }: Synthesised): string[] {
  return [
    ...new Set([
      ...PANEL_LIMITS[kind],
      ...thoughts.flatMap(({ limits }) => limits ?? []),
      ...(ungrounded.length === 0 ? [] : [`no member says: ${ungrounded.join(' / ')}`]),
    ]),
  ];
}
