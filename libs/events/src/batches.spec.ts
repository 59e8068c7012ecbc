import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchesOf } from './batches.js';
import type { CloudEvent } from './cloud-event.js';

const delivery = (length: number) => ({
  event: { data: { text: 'ä'.repeat(length) } } as unknown as CloudEvent,
}); // only its size matters
const bytesOf = (batch: readonly { event: CloudEvent }[]): number =>
  Buffer.byteLength(JSON.stringify({ events: batch.map(({ event }) => event) }));

describe('batches', () => {
  it('hold at most 100 events', () => {
    expect(batchesOf(Array.from({ length: 250 }, () => delivery(1))).map((batch) => batch.length)).toEqual([
      100, 100, 50,
    ]);
  });

  it('are at most 1 MiB, unless a single event is larger; nothing is lost or moved', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 12 }), (sizes) => {
        const all = sizes.map(delivery);
        const batches = batchesOf(all);
        expect(batches.flat()).toEqual(all);
        for (const batch of batches)
          if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(1_048_576);
      }),
      { numRuns: 25 },
    );
  });
});
