import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { aibrain } from './aibrain.service-definition.js';

await runWorker(aibrain, environment());
