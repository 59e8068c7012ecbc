import { IsInt, IsString } from 'class-validator';
import { Example } from '@eventzr/http';
import type { JobReport } from './job-report.js';

/** The answer of every `/jobs/*` route. */
export class JobReportView implements JobReport {
  @IsString()
  @Example('cleanup-expired')
  job!: string;

  @IsInt()
  @Example(12, 'Succeeded, failed and skipped together.')
  processed!: number;

  @IsInt()
  @Example(11)
  succeeded!: number;

  @IsInt()
  @Example(1)
  failed!: number;

  @IsInt()
  @Example(0, 'Left alone, e.g. because another run had it.')
  skipped!: number;

  @IsInt()
  @Example(0, 'Due, but left for the next run.')
  remaining!: number;

  @IsInt()
  @Example(230)
  durationMs!: number;
}
