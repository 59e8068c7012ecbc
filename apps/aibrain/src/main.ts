import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { aibrain } from './aibrain.service-definition.js';

await runApi(aibrain, environment());
