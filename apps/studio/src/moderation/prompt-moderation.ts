import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppLogger } from '@eventzr/http';
import { StudioConfig } from '../config.js';
import { OpenAiModerations } from '../providers/openai/openai-moderations.js';
import { StudioErrors } from '../studio.errors.js';
import { refusedFor } from './prompt-policy.js';

const DEADLINE_MS = 10_000;
/** Characters that the vendor is asked about at once: a long outline has hundreds of short texts. */
const BUNDLE_LENGTH = 4_000;
/** The longest that the event loop is kept from other requests, give or take one text. */
const SLICE_MS = 8;

/** When words are judged: with the request that uses them, or when a template that says them is kept. */
export type PromptStage = 'input' | 'template';

/** Judges the caller's words before anything is held: our own list first, then the vendor where one is configured. */
@Injectable()
export class PromptModeration {
  constructor(
    private readonly config: StudioConfig,
    private readonly vendor: OpenAiModerations,
    private readonly logger: AppLogger,
  ) {}

  /** @throws PROMPT_REFUSED 422 that names the stage; MODERATION_UNAVAILABLE 503 when the vendor does not answer and failures count as refusals */
  async judge(prompts: readonly string[], stage: PromptStage = 'input'): Promise<void> {
    await judgeByList(prompts, stage);
    if (this.asksVendor()) for (const bundle of bundled(prompts)) await this.ask(bundle, stage);
  }

  private asksVendor(): boolean {
    const { moderation } = this.config;
    return moderation === 'vendor' || (moderation === 'auto' && this.vendor.configured());
  }

  private async ask(prompt: string, stage: PromptStage): Promise<void> {
    const categories = await this.vendor
      .flagged(prompt, AbortSignal.timeout(DEADLINE_MS))
      .catch((cause: unknown) => {
        this.logger.warn({ err: cause }, 'the vendor did not judge a prompt');
        if (this.config.moderationFailure === 'closed')
          throw StudioErrors.MODERATION_UNAVAILABLE(null, { cause });
        return [];
      });
    const [category] = categories;
    if (category !== undefined) throw StudioErrors.PROMPT_REFUSED({ stage, category });
  }
}

/** In slices: a long outline has hundreds of texts, and others wait for their answers meanwhile. */
async function judgeByList(prompts: readonly string[], stage: PromptStage): Promise<void> {
  let from = performance.now();
  for (const prompt of prompts) {
    const category = refusedFor(prompt);
    if (category !== undefined) throw StudioErrors.PROMPT_REFUSED({ stage, category });
    if (performance.now() - from < SLICE_MS) continue;
    await setImmediate();
    from = performance.now();
  }
}

/** Neighbours together as long as they are short; a text that is longer stands alone, whole. */
function bundled(prompts: readonly string[]): string[] {
  const bundles: string[] = [];
  for (const prompt of prompts) {
    const last = bundles.at(-1);
    if (last === undefined || last.length + prompt.length >= BUNDLE_LENGTH) bundles.push(prompt);
    else bundles[bundles.length - 1] = `${last}\n${prompt}`;
  }
  return bundles;
}
