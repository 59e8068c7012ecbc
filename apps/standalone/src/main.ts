import { readConfig } from './config.js';
import { runStandalone } from './run.js';

await runStandalone(() => readConfig());
