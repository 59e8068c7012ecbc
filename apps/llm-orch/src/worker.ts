import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { llmOrch } from './llm-orch.service-definition.js';

await runWorker(llmOrch, environment());
