import { Injectable } from '@nestjs/common';
import { MODERATION_CREDITS } from '@eventzr/wallet-client';
import { assertInputTokens } from '../calls/input-limits.js';
import type { ModelCall } from '../calls/model-call.js';
import { targetOf } from '../calls/model-call.js';
import type { CallFacts } from '../calls/model-calls.js';
import { ModelCalls } from '../calls/model-calls.js';
import { LlmErrors } from '../llm-orch.errors.js';
import type { Moderation, ModerationProvider, Verdict } from '../providers/moderation-provider.js';
import { ModerationProviders } from '../providers/moderation-provider.js';
import type { ModelPrice } from '../providers/price-table.js';
import { countTokens } from '../providers/token-count.js';

/** The name of the operation in the price table and on the ledger. */
export const MODERATIONS_OPERATION = 'moderations';

/** No provider here charges for it, so no limit in USD can stand in its way. */
const FREE: ModelPrice = {
  provider: 'any',
  model: 'any',
  inputMicroUsdPerMTok: 0,
  cachedInputMicroUsdPerMTok: 0,
  outputMicroUsdPerMTok: 0,
};
const LOCAL_LIMIT =
  'word rules in English, no trained classifier: irony, context and new expressions are not understood';

export interface ModerationWish {
  readonly inputs: readonly string[];
  readonly model?: string;
  readonly provider?: string;
}

/** Whether texts may be published. */
@Injectable()
export class ModerationsService {
  constructor(
    private readonly providers: ModerationProviders,
    private readonly calls: ModelCalls,
  ) {}

  /** @param answer how the caller wants to be told */
  async moderate(
    wish: ModerationWish,
    answer: (verdicts: readonly Verdict[], facts: CallFacts & { limits?: string[] }) => object,
  ) {
    const call = await this.plan(wish);
    return this.calls.make(call, async ({ verdicts }, facts) =>
      answer(verdicts, facts.provider === 'local' ? { ...facts, limits: [LOCAL_LIMIT] } : facts),
    );
  }

  /** @throws EMBEDDING_INPUT_TOO_LONG, INVALID_MODEL, UNKNOWN_PROVIDER 400 */
  async plan({ inputs, ...wish }: ModerationWish): Promise<ModelCall<ModerationProvider, Moderation>> {
    const target = targetOf(this.providers, wish, 0, FREE);
    await assertInputTokens(inputs, 'input', LlmErrors.EMBEDDING_INPUT_TOO_LONG);
    const { provider, model } = target;
    return {
      operation: MODERATIONS_OPERATION,
      credits: MODERATION_CREDITS,
      target,
      failed: LlmErrors.PROVIDER_ERROR,
      tooLong: LlmErrors.CONTEXT_OVERFLOW,
      send: (idempotencyKey, signal) => provider.moderate({ inputs, model, idempotencyKey }, signal),
      usage: ({ model: answered }) => ({
        model: answered,
        inputTokens: inputs.reduce((sum, input) => sum + countTokens(input), 0),
        source: 'counted',
      }),
    };
  }
}
