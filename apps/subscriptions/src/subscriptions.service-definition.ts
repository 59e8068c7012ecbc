import { defineService } from '@eventzr/service';
import { AppModule } from './app.module.js';
import { SubscriptionsConfig } from './config.js';
import { SubscriptionsDb } from './subscriptions.db.js';
import { SubscriptionsErrors } from './subscriptions.errors.js';
import { SUBSCRIPTION_EVENTS } from './subscriptions.events.js';

export const subscriptions = defineService({
  name: 'subscriptions',
  title: 'EventZR Subscriptions',
  playgroundAccount: 'organizer@eventzr.com',
  description:
    'Plans, who subscribed to them, and their renewals. Prices are whole cents in the plan’s currency. A paid period grants the AI credits of its plan exactly once.',
  config: SubscriptionsConfig,
  db: SubscriptionsDb,
  errors: [SubscriptionsErrors],
  produces: SUBSCRIPTION_EVENTS,
  module: (config) => AppModule.register(config),
});
