import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { StudioConfig } from './config.js';
import { StudioDb } from './studio.db.js';
import { StudioErrors } from './studio.errors.js';
import { STUDIO_EVENTS } from './studio.events.js';

export const studio = defineService({
  name: 'studio',
  title: 'EventZR Studio',
  description:
    'Makes media for events. A request is priced, its credits are held, the work runs as a render job, and only what succeeded is charged.',
  config: StudioConfig,
  db: StudioDb,
  errors: [StudioErrors],
  produces: STUDIO_EVENTS,
  module: (config) => AppModule.register(config),
});
