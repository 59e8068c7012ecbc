import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { type CloudEvent, EventHandler } from '@eventzr/events';
import { AppLogger } from '@eventzr/http';
import { JobQueue } from '@eventzr/jobs';
import type { StudioTx } from '../studio.db.js';
import { AutomationsRepository } from './automations.repository.js';
import { settingsOf } from './automations.service.js';
import { createdEventOf } from './created-event.js';

/** The job that makes what an event calls for. */
export const AUTOMATION_TASK = 'automations.event-created';

/**
 * Notes what a new event calls for, where the tenant switched it on; the work itself is a job. The event comes from
 * EventZR's own `event-svc`, which is no service of this platform: over Kafka, where the broker's access rules say who
 * writes the topic. The private route takes it from nobody, since none of our services may produce it.
 */
@Injectable()
export class EventCreated extends EventHandler<StudioTx> {
  readonly type = 'eventzr.event.created.v1';

  constructor(
    private readonly automations: AutomationsRepository,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    private readonly logger: AppLogger,
  ) {
    super();
  }

  async run(event: CloudEvent, tx: StudioTx): Promise<void> {
    const { poster, invitation, ...look } = settingsOf(await this.automations.find(tx)).eventCreated;
    const kinds = [...(poster ? ['poster'] : []), ...(invitation ? ['invitation'] : [])];
    if (kinds.length === 0) return;
    const created = createdEventOf(event);
    if (created === undefined) {
      this.logger.warn(
        { eventId: event.id },
        'nothing made for an event without title, date, venue or organiser',
      );
      return;
    }
    const { subject: tenantId, id: eventId } = event;
    const { userId, ...facts } = created;
    const row = {
      tenantId,
      eventId,
      userId,
      state: 'waiting',
      request: { ...facts, ...look },
      createdAt: this.clock.now(),
    };
    await this.automations.addRuns(
      tx,
      kinds.map((kind) => ({ ...row, kind })),
    );
    await this.queue.enqueue(
      tx,
      AUTOMATION_TASK,
      { tenantId, id: eventId },
      { jobKey: `automation:${eventId}` },
    );
  }
}
