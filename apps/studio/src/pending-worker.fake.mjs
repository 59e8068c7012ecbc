// The built worker, with `openai` working through tasks: what `crash-table.faults.spec.ts` kills.
import { pendingMethods } from './providers/pending-images.fake.mjs';
import { PendingTask } from '../dist/providers/media-provider.js';
import { ProviderFault } from '../dist/providers/provider-fault.js';
import { OpenAiImageProvider } from '../dist/providers/openai/openai-image-provider.js';

const { PENDING_URL: url, PENDING_KEY: apiKey } = process.env;
Object.assign(OpenAiImageProvider.prototype, pendingMethods({ url, apiKey }, { PendingTask, ProviderFault }));
await import('../dist/worker.js');
