import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { AppLogger } from '@eventzr/http';
import type { JobReport, JobTally } from '@eventzr/jobs';
import { reportOf, Sweep } from '@eventzr/jobs';
import { VoiceCare } from './voice-care.js';
import { VoiceModelsRepository, type VoicePointer } from './voice-models.repository.js';

const BATCH = 50;

/** Brings back voices whose making was lost, and removes at the vendor what no model stands for. */
@Injectable()
export class VoiceModelsSweep extends Sweep {
  readonly name = 'sweep-voice-models';
  readonly everyMs = 60_000;

  constructor(
    private readonly models: VoiceModelsRepository,
    private readonly care: VoiceCare,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  run(): Promise<JobReport> {
    return reportOf(this.name, this.clock, async (tally) => {
      const due = await this.models.findDue(this.clock.now(), BATCH + 1);
      for (const pointer of due.slice(0, BATCH)) await this.look(pointer, tally);
      tally.remaining(Math.max(0, due.length - BATCH));
    });
  }

  private async look(pointer: VoicePointer, tally: JobTally): Promise<void> {
    try {
      if (await this.care.look(pointer)) tally.succeeded();
      else tally.skipped();
    } catch (error) {
      this.logger.error({ err: error, voiceModelId: pointer.id }, 'a voice model could not be looked after');
      tally.failed();
    }
  }
}
