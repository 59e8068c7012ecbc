import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport, JobTally } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { AutomationsRepository, type WaitingEvent } from './automations.repository.js';
import { EventPapers } from './event-papers.jobs.js';

const BATCH = 50;
/** The queue comes first. */
const PATIENCE_MS = 60_000;
const ATTEMPT_TIMEOUT_MS = 60_000;

/** Makes what a new event calls for where the queue could not: the wallet was down, or the worker died. */
@Injectable()
export class WaitingAutomationsSweep extends Sweep {
  readonly name = 'sweep-automations';
  readonly everyMs = 60_000;

  constructor(
    private readonly automations: AutomationsRepository,
    private readonly papers: EventPapers,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const before = new Date(this.clock.now().getTime() - PATIENCE_MS);
      const waiting = await this.automations.findWaiting(before, BATCH + 1);
      for (const event of waiting.slice(0, BATCH)) await this.look(event, tally);
      tally.remaining(Math.max(0, waiting.length - BATCH));
    });
  }

  private async look(event: WaitingEvent, tally: JobTally): Promise<void> {
    try {
      if (await this.papers.attempt(event, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS))) tally.succeeded();
      else tally.failed();
    } catch (error) {
      this.logger.error({ err: error, eventId: event.id }, 'a new event could not be looked after');
      tally.failed();
    }
  }
}
