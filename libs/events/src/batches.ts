import type { CloudEvent } from './cloud-event.js';

const MAX_EVENTS = 100;
/** Under the receiver's limit of 1 MiB, with room for what wraps the events. */
const MAX_BYTES = 1_000_000;

/** Cuts deliveries, in their order, into batches of at most 100 events and about 1 MB. */
export function batchesOf<D extends { readonly event: CloudEvent }>(deliveries: readonly D[]): D[][] {
  const batches: D[][] = [];
  let batch: D[] = [];
  let bytes = 0;
  for (const delivery of deliveries) {
    const size = Buffer.byteLength(JSON.stringify(delivery.event)) + 1;
    if (batch.length === MAX_EVENTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(delivery);
    bytes += size;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}
