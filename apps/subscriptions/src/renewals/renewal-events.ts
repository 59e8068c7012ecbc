import { Injectable } from '@nestjs/common';
import { EventTransport } from '@eventzr/events';
import { currentContext } from '@eventzr/http';

/** Where the events go that renewals write in SQL, in sets, and which trace they belong to. */
@Injectable()
export class RenewalEvents {
  constructor(private readonly transport: EventTransport) {}

  get traceparent(): string | null {
    return currentContext()?.traceparent ?? null;
  }

  get succeeded(): readonly string[] {
    return this.transport.destinations('eventzr.subscription.payment_succeeded.v1');
  }

  get failed(): readonly string[] {
    return this.transport.destinations('eventzr.subscription.payment_failed.v1');
  }
}
