import type { JobReport } from './job-report.js';

/**
 * Looks for rows that are due and works on them. Any provider that extends this class is found by the worker, which
 * runs it at start and then every `everyMs`. The `/jobs/*` controllers call `run()` themselves: two runs at once must
 * do no harm.
 */
export abstract class Sweep {
  abstract readonly name: string;
  abstract readonly everyMs: number;
  abstract run(): Promise<JobReport>;
}
