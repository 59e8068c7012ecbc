import { runWorker } from '@eventzr/service';
import { auth } from './auth.service-definition.js';
import { environment } from './config.js';

await runWorker(auth, environment());
