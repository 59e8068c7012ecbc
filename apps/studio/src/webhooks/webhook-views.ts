import type { Delivery } from './deliveries.repository.js';
import type { DeliveryView, WebhookView } from './webhooks.dto.js';
import type { Webhook } from './webhooks.repository.js';

export function webhookView(webhook: Webhook): WebhookView {
  const { id, url, eventTypes, description, active, disabledReason, createdAt, updatedAt } = webhook;
  return {
    id,
    url,
    eventTypes,
    ...(description === null ? {} : { description }),
    active,
    ...(disabledReason === null ? {} : { disabledReason }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function deliveryView(delivery: Delivery): DeliveryView {
  const { id, webhookId, eventType, status, attempts, lastStatus, lastError } = delivery;
  const pending = status === 'pending';
  return {
    id,
    webhookId,
    eventType,
    status,
    attempts,
    lastStatus,
    lastError,
    nextAttemptAt: pending ? delivery.nextAttemptAt.toISOString() : null,
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
  };
}
