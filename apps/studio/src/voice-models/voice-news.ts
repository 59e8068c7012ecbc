import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import type { StudioTx } from '../studio.db.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import type { VoiceModel } from './voice-models.repository.js';

/** Tells other services and outgoing webhooks of a voice, in the transaction that makes it true. */
@Injectable()
export class VoiceNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
  ) {}

  async tell(
    tx: StudioTx,
    what: 'created' | 'ready',
    { tenantId, userId, id, provider }: VoiceModel,
  ): Promise<void> {
    const data = { tenantId, userId, voiceModelId: id, provider };
    const type = `eventzr.studio.voice-model.${what}.v1` as const;
    await this.outbox.append(tx, { type, aggregateId: id, tenantId, data });
    await this.webhooks.emit(tx, { tenantId, type: `voice-model.${what}`, data });
  }
}
