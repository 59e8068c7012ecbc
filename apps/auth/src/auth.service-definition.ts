import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { AuthDb } from './auth.db.js';
import { AuthErrors } from './auth.errors.js';
import { AUTH_EVENTS } from './auth.events.js';
import { AuthConfig } from './config.js';

export const auth = defineService({
  name: 'auth',
  title: 'EventZR Auth',
  description:
    'Who calls. Log in with e-mail and password for an RS256 access token of one hour and a rotating refresh token; send the access token as `Authorization: Bearer` to every other service.',
  config: AuthConfig,
  db: AuthDb,
  errors: [AuthErrors],
  produces: AUTH_EVENTS,
  module: (config) => AppModule.register(config),
});
