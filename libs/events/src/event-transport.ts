import type { CloudEvent } from './cloud-event.js';

/** How a delivery ended: arrived, worth another attempt, or refused: parked, and tried again after a day. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'refused'; readonly error: string };

/** Carries events to their subscribers. */
export abstract class EventTransport {
  /** Where events of a type go; one delivery is kept for each. */
  abstract destinations(type: string): readonly string[];

  /** Hands over events, in their order, all or none. Never throws. */
  abstract deliver(destination: string, events: readonly CloudEvent[]): Promise<DeliveryOutcome>;
}
