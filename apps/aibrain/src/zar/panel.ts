import { Injectable } from '@nestjs/common';
import { AiBrainConfig } from '../config.js';
import type { Model } from '../orchestration/brain.js';
import { Brain } from '../orchestration/brain.js';

export const SLOTS = ['A', 'B', 'C'] as const;

export interface Member extends Model {
  readonly slot: string;
}

/**
 * `families`: three models of three makers; `self`: one model, or two, asked more than once; `local`: the three
 * rule-based planners of llm-orch.
 */
export type PanelKind = 'families' | 'self' | 'local';

export interface Panel {
  readonly kind: PanelKind;
  readonly members: readonly Member[];
  /** Absent where no language model could judge or write. */
  readonly judge?: Model;
  readonly writer?: Model;
}

const LOCAL: readonly Model[] = ['local-planner-1', 'local-allocator-1', 'local-checklist-1'].map(
  (model) => ({ provider: 'local', model }),
);
/** Makers by the beginning of their models' names, whoever serves them. */
const MAKERS = [
  ['openai', /\b(?:gpt|o\d)/],
  ['anthropic', /claude/],
  ['google', /gemini|gemma/],
  ['meta', /llama/],
  ['amazon', /nova|titan/],
  ['mistral', /mistral|mixtral/],
  ['alibaba', /qwen/],
  ['deepseek', /deepseek/],
] as const;

/** Decides who is asked. */
@Injectable()
export class Panels {
  constructor(
    private readonly brain: Brain,
    private readonly config: AiBrainConfig,
  ) {}

  /** The configured members; without any, the gateway's own choice asked three times, or its three local planners. */
  async choose(): Promise<Panel> {
    const members = modelsOf(this.config.zarMembers);
    return panelOf(members.length > 0 ? members : await this.default(), {
      judge: modelsOf(this.config.zarJudge)[0],
      writer: modelsOf(this.config.zarWriter)[0],
    });
  }

  private async default(): Promise<readonly Model[]> {
    const messages = [{ role: 'user', content: '' }] as const;
    const { provider, model } = await this.brain.bound({ messages, maxTokens: 1 });
    return provider === 'local' ? LOCAL : [{ provider, model }];
  }
}

function panelOf(
  models: readonly Model[],
  { judge, writer }: { readonly judge: Model | undefined; readonly writer: Model | undefined },
): Panel {
  const [first] = models;
  if (first === undefined) throw new Error('A panel has members');
  const members = SLOTS.map((slot, index) => ({ slot, ...(models[index] ?? first) }));
  const kind = kindOf(members);
  // A planner by rules can neither judge nor rewrite; a configured model can.
  const able = members.find(({ provider }) => provider !== 'local');
  const standing = able === undefined ? undefined : { provider: able.provider, model: able.model };
  const [judging, writing] = [judge ?? standing, writer ?? standing];
  return {
    kind,
    members,
    ...(judging === undefined ? {} : { judge: judging }),
    ...(writing === undefined ? {} : { writer: writing }),
  };
}

function kindOf(members: readonly Member[]): PanelKind {
  const families = new Set(members.map(familyOf));
  if (families.size < SLOTS.length) return 'self';
  return members.every(({ provider }) => provider === 'local') ? 'local' : 'families';
}

/** Who made a model; the local planners are each built in their own way. */
export function familyOf({ provider, model }: Model): string {
  if (provider === 'local') return model;
  return MAKERS.find(([, pattern]) => pattern.test(model))?.[0] ?? provider;
}

/** `provider/model` with commas between them; a model's own name may have strokes. */
function modelsOf(text: string): Model[] {
  return text.split(',').flatMap((entry) => {
    const [provider = '', ...model] = entry.trim().split('/');
    return provider === '' ? [] : [{ provider, model: model.join('/') }];
  });
}
