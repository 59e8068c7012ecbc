import { ModelProvider } from './model-provider.js';
import { ProviderRegistry } from './provider-registry.js';

export interface ModerationModelInfo {
  readonly id: string;
  readonly categories: readonly string[];
}

export interface ModerationRequest {
  readonly inputs: readonly string[];
  readonly model: string;
  readonly idempotencyKey: string;
}

export interface Verdict {
  readonly flagged: boolean;
  readonly categories: Readonly<Record<string, boolean>>;
  /** Between 0 and 1. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface Moderation {
  /** One verdict an input, in the inputs' order. */
  readonly verdicts: readonly Verdict[];
  readonly model: string;
}

/** Port to whatever judges texts. Never retries. */
export abstract class ModerationProvider extends ModelProvider<ModerationModelInfo> {
  /** Throws `ProviderFault`; when `signal` was aborted it throws the signal's reason instead. */
  abstract moderate(request: ModerationRequest, signal: AbortSignal): Promise<Moderation>;
}

/** Which provider and model judge texts. */
export class ModerationProviders extends ProviderRegistry<ModerationProvider> {}
