import { Injectable } from '@nestjs/common';
import { PromptModeration } from '../moderation/prompt-moderation.js';
import { StudioErrors } from '../studio.errors.js';
import { deckFaults } from './deck-body.js';
import { bodyFaults } from './template-body.js';
import type { TemplateContent, TemplateKind } from './templates.dto.js';
import { textsIn } from './texts-in.js';

const MOST_FAULTS = 50;

/** Whether a template may be kept: its form, and the words that it says by itself. */
@Injectable()
export class TemplateChecks {
  constructor(private readonly moderation: PromptModeration) {}

  /** @throws INVALID_TEMPLATE 400; PROMPT_REFUSED 422 of the stage `template`; MODERATION_UNAVAILABLE 503 */
  async assertAcceptable(content: TemplateContent, kind: TemplateKind): Promise<void> {
    assertValid(content, kind);
    const { name, slots, body } = content;
    await this.moderation.judge([name, ...slots.map((slot) => slot.name), ...textsIn(body)], 'template');
  }
}

function assertValid({ slots, body }: TemplateContent, kind: TemplateKind): void {
  const names = slots.map(({ name }) => name);
  const twice = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => ({ field: `slots.${name}`, message: 'is named twice' }));
  const ofBody = kind === 'presentation' ? deckFaults(body, slots) : bodyFaults(body, slots);
  const faults = [...twice, ...ofBody];
  if (faults.length > 0) throw StudioErrors.INVALID_TEMPLATE({ faults: faults.slice(0, MOST_FAULTS) });
}
