import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { studio } from './studio.service-definition.js';

await runWorker(studio, environment());
