import { runApi } from '@eventzr/service';
import { environment } from './config.js';
import { wallet } from './wallet.service-definition.js';

await runApi(wallet, environment());
