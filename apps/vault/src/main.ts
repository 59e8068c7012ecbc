import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { vault } from './vault.service-definition.js';

await runApi(vault, environment());
