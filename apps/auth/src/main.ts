import { runApi } from '@eventzr/service';
import { auth } from './auth.service-definition.js';
import { environment } from './config.js';

await runApi(auth, environment());
