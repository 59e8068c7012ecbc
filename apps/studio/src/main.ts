import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { studio } from './studio.service-definition.js';

await runApi(studio, environment());
