import { defineService } from '@eventzr/service';
import { AiBrainDb } from './aibrain.db.js';
import { AiBrainErrors } from './aibrain.errors.js';
import { AIBRAIN_EVENTS } from './aibrain.events.js';
import { AppModule } from './app.module.js';
import { AiBrainConfig } from './config.js';

export const aibrain = defineService({
  name: 'aibrain',
  title: 'EventZR AI Brain',
  description:
    'One prompt in, one planned answer out: orchestration over the LLM gateway, paid with one hold.',
  config: AiBrainConfig,
  db: AiBrainDb,
  errors: [AiBrainErrors],
  produces: AIBRAIN_EVENTS,
  module: (config) => AppModule.register(config),
});
