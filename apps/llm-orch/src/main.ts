import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { llmOrch } from './llm-orch.service-definition.js';

await runApi(llmOrch, environment());
