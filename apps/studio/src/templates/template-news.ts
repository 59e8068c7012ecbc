import { Injectable } from '@nestjs/common';
import { Outbox } from '@eventzr/events';
import { currentPrincipal } from '@eventzr/http';
import type { StudioTx } from '../studio.db.js';
import type { TemplateChanged } from '../studio.events.js';
import { WebhookEvents } from '../webhooks/webhook-events.js';
import type { TemplateView } from './templates.dto.js';

/** Tells other services and outgoing webhooks what became of a template, in the transaction that makes it true. */
@Injectable()
export class TemplateNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly webhooks: WebhookEvents,
  ) {}

  async changed(tx: StudioTx, what: 'created' | 'updated', template: TemplateView): Promise<void> {
    const data = dataOf(template);
    const type = `eventzr.studio.template.${what}.v1` as const;
    await this.outbox.append(tx, { type, aggregateId: data.templateId, data });
    await this.webhooks.emit(tx, { tenantId: data.tenantId, type: `template.${what}`, data: { ...data } });
  }

  /** Other services keep what they made of it: this is for webhooks alone. */
  async removed(tx: StudioTx, template: TemplateView): Promise<void> {
    const data = dataOf(template);
    await this.webhooks.emit(tx, { tenantId: data.tenantId, type: 'template.deleted', data: { ...data } });
  }
}

function dataOf({ id: templateId, kind: type, name, version }: TemplateView): TemplateChanged {
  const { tenantId, userId } = currentPrincipal();
  return { tenantId, userId, templateId, type, name, version };
}
