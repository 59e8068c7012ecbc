import type { Moderation, ModerationModelInfo, ModerationRequest, Verdict } from '../moderation-provider.js';
import { ModerationProvider } from '../moderation-provider.js';
import { MODERATION_RULES } from './answers/moderate.js';

const MODEL = 'local-moderation-1';

/** Word rules in English: clear wording is caught, irony, context and new slang are not. */
export class LocalModerationProvider extends ModerationProvider {
  readonly name = 'local';

  configured(): boolean {
    return true;
  }

  models(): readonly ModerationModelInfo[] {
    return [{ id: MODEL, categories: MODERATION_RULES.map(({ label }) => label) }];
  }

  async moderate({ inputs }: ModerationRequest, signal: AbortSignal): Promise<Moderation> {
    signal.throwIfAborted();
    return { verdicts: inputs.map(verdictOn), model: MODEL };
  }
}

/** A rule matches or it does not: scores are 0 or 1. */
function verdictOn(input: string): Verdict {
  const hits = MODERATION_RULES.map(({ label, words }) => [label, words.test(input)] as const);
  return {
    flagged: hits.some(([, hit]) => hit),
    categories: Object.fromEntries(hits),
    scores: Object.fromEntries(hits.map(([label, hit]) => [label, hit ? 1 : 0])),
  };
}
