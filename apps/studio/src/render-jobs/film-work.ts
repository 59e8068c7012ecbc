import { Injectable } from '@nestjs/common';
import { JobHandler } from '@eventzr/jobs';
import type { JobPayload } from '@eventzr/jobs';
import { FILM_TASK } from './render-job.js';
import { RenderWork } from './render-work.js';

/** `RenderWork` for films that are drawn here, so that pictures and speech do not wait behind minutes of film. */
@Injectable()
export class FilmWork extends JobHandler {
  readonly task = FILM_TASK;
  override readonly lane = 'slow';

  constructor(private readonly work: RenderWork) {
    super();
  }

  run(pointer: JobPayload, signal: AbortSignal): Promise<void> {
    return this.work.run(pointer, signal);
  }
}
