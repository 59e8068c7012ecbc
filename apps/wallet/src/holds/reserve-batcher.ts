import { firstWallet, sameReserve, type ReserveItem, type ReserveOutcome } from './reserve-item.js';

/** Reserves a batch whose items share their first wallet; the answers come in any order. */
export type ReserveBatch = (
  tenantId: string,
  items: readonly ReserveItem[],
) => Promise<readonly ReserveOutcome[]>;

interface Waiting {
  readonly item: ReserveItem;
  readonly answer: Promise<ReserveOutcome>;
  resolve(outcome: ReserveOutcome): void;
  reject(error: unknown): void;
}

interface Lane {
  waiting: Waiting[];
  running: boolean;
}

const LARGEST_BATCH = 100;

/**
 * Lets concurrent reserves on one wallet share a statement: the wallet's row lock is held until the flush returns, so
 * one statement for many is the only way past one reserve per flush. A reserve on an idle wallet leaves in the same
 * turn of the event loop; those that come while one runs would wait for its lock anyway, so they wait here, together.
 */
export class ReserveBatcher {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly reserveBatch: ReserveBatch) {}

  async reserve(item: ReserveItem): Promise<ReserveOutcome> {
    const key = `${item.tenantId}/${firstWallet(item)}`;
    const lane = this.lanes.get(key) ?? { waiting: [], running: false };
    this.lanes.set(key, lane);
    const twin = lane.waiting.find((waiting) => sameReserve(waiting.item, item));
    if (twin !== undefined) return asRepeated(await twin.answer);
    const waiting = enqueue(item);
    lane.waiting.push(waiting);
    if (!lane.running) {
      lane.running = true;
      setImmediate(() => void this.drain(key, lane));
    }
    return waiting.answer;
  }

  private async drain(key: string, lane: Lane): Promise<void> {
    for (let batch = takeBatch(lane); batch.length > 0; batch = takeBatch(lane)) await this.run(batch);
    lane.running = false;
    this.lanes.delete(key);
  }

  private async run(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    try {
      const items = batch.map(({ item }) => item);
      const outcomes = await this.reserveBatch(first.item.tenantId, items);
      const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
      for (const waiting of batch) settle(waiting, byId.get(waiting.item.id));
    } catch (error) {
      if (batch.length === 1) first.reject(error);
      else await this.runSingly(batch);
    }
  }

  // One bad item must not fail its neighbours.
  private async runSingly(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) await this.run([waiting]);
  }
}

function enqueue(item: ReserveItem): Waiting {
  const { promise, resolve, reject } = Promise.withResolvers<ReserveOutcome>();
  return { item, answer: promise, resolve, reject };
}

/** What can go together: an id that is asked for twice with different fields has to be decided one after the other. */
function takeBatch(lane: Lane): Waiting[] {
  const batch = new Map<string, Waiting>();
  const later: Waiting[] = [];
  for (const waiting of lane.waiting) {
    if (batch.size < LARGEST_BATCH && !batch.has(waiting.item.id)) batch.set(waiting.item.id, waiting);
    else later.push(waiting);
  }
  lane.waiting = later;
  return [...batch.values()];
}

function settle(waiting: Waiting, outcome: ReserveOutcome | undefined): void {
  if (outcome === undefined)
    waiting.reject(new Error(`The ledger gave no answer for hold ${waiting.item.id}`));
  else waiting.resolve(outcome);
}

function asRepeated(outcome: ReserveOutcome): ReserveOutcome {
  return outcome.outcome === 'created' ? { ...outcome, outcome: 'existing' } : outcome;
}
