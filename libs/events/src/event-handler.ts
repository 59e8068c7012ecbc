import type { SqlTx } from '@eventzr/db';
import type { CloudEvent } from './cloud-event.js';

/**
 * Reacts to events of other services. Any provider that extends this class is found at start.
 *
 * It runs in the transaction that marks the event as handled, under the event's tenant: its rows take effect once,
 * however often the event arrives. Calls to the outside belong into a job enqueued from here. What it throws is
 * retried with growing pauses; after ten attempts the event is dead and the log says so.
 */
export abstract class EventHandler<Tx extends SqlTx = SqlTx> {
  /** A type, or a beginning such as `eventzr.subscription.*`. */
  abstract readonly type: string;

  /** Copies a state: an event that is older than one already handled of the same aggregate is left out. */
  readonly latestOnly: boolean = false;

  abstract run(event: CloudEvent, tx: Tx): Promise<void>;
}
