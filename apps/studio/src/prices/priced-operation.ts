import type { ClassConstructor } from 'class-transformer';

/** What a request would take, and from whom it would be had. */
export interface Quote {
  /** Exactly the hold that the request would take. */
  readonly credits: number;
  /** The most that providers could bill us, every attempt included. */
  readonly maxCostMicroUsd: number;
  readonly provider: string;
  /** As the caller wrote it, where another provider stands in. */
  readonly requestedProvider?: string;
  /** What the credits are for; they sum up to `credits`. */
  readonly lines: readonly { readonly item: string; readonly credits: number }[];
}

/** An operation that can be priced before it is asked for: `POST /estimates` and its own route quote alike. */
export abstract class PricedOperation<Request extends object = object> {
  /** Its name in the price table and on the ledger. */
  abstract readonly operation: string;
  /** The body of its route, which the estimate validates as the route does. */
  abstract readonly body: ClassConstructor<Request>;

  /** @throws the same catalogue errors as the route */
  abstract quote(request: Request): Quote | Promise<Quote>;
}
