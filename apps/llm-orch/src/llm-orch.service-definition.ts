import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { LlmOrchConfig } from './config.js';
import { LlmOrchDb } from './llm-orch.db.js';
import { LlmErrors } from './llm-orch.errors.js';
import { OPENAI_ERRORS } from './ingress/openai-error.js';
import { LLM_EVENTS } from './llm-orch.events.js';

export const llmOrch = defineService({
  name: 'llm-orch',
  title: 'EventZR LLM gateway',
  description:
    'One door to every language model. Each call is bounded, held for and settled: a cost ceiling is never exceeded and failures cost nothing.',
  config: LlmOrchConfig,
  db: LlmOrchDb,
  errors: [LlmErrors],
  produces: LLM_EVENTS,
  errorShape: OPENAI_ERRORS,
  module: (config) => AppModule.register(config),
});
