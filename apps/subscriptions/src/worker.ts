import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { subscriptions } from './subscriptions.service-definition.js';

await runWorker(subscriptions, environment());
