import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { vault } from './vault.service-definition.js';

await runWorker(vault, environment());
