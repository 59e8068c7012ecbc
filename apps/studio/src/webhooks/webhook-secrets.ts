import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@eventzr/config';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { StudioConfig } from '../config.js';
import type { Webhook } from './webhooks.repository.js';

/** How long the old secret signs beside the new one. */
export const ROTATION_OVERLAP_MS = 24 * 3_600_000;

/** The secrets of webhooks, `whsec_` and 32 bytes. They are derived, so that the database holds none. */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly config: StudioConfig,
    private readonly clock: Clock,
  ) {}

  /** The current secret. */
  of(webhook: Pick<Webhook, 'id' | 'secretVersion'>): string {
    return this.version(webhook.id, webhook.secretVersion);
  }

  /** The headers of Standard Webhooks; during a rotation both secrets sign. */
  headers(webhook: Webhook, messageId: string, payload: string): Record<string, string> {
    const now = this.clock.now();
    const signatures = this.valid(webhook, now).map((secret) =>
      new StandardWebhook(secret).sign(messageId, now, payload),
    );
    return {
      'content-type': 'application/json',
      'user-agent': 'EventZR-Webhooks/1.0',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signatures.join(' '),
    };
  }

  private valid({ id, secretVersion, previousSecretUntil }: Webhook, now: Date): string[] {
    const current = this.version(id, secretVersion);
    if (previousSecretUntil === null || previousSecretUntil <= now) return [current];
    return [current, this.version(id, secretVersion - 1)];
  }

  private version(id: string, version: number): string {
    const mac = createHmac('sha256', this.config.urlSigningKey).update(`webhook\n${id}\n${version}`);
    return `whsec_${mac.digest('base64')}`;
  }
}
