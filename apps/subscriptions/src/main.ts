import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { subscriptions } from './subscriptions.service-definition.js';

await runApi(subscriptions, environment());
