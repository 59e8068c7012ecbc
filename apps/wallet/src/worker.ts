import { runWorker } from '@eventzr/service';
import { environment } from './config.js';
import { wallet } from './wallet.service-definition.js';

await runWorker(wallet, environment());
