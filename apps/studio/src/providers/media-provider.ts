import { ProviderFault } from './provider-fault.js';

/** What every request to a provider carries. */
export interface MediaRequest {
  /** Stable over retries of the same piece, so that a vendor that supports it makes and bills it once. */
  readonly idempotencyKey: string;
  /** Unsigned 32-bit integer. Providers without seeds say so in {@link MadeMedia.limits}. */
  readonly seed: number;
}

/** What a provider may use while it works on one request. */
export interface ProviderWork {
  /** Aborts the work; the promise then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Where the vendor may tell us that it is done; absent: it is only polled. */
  readonly callbackUrl?: string;
  /** Tells how far the work is, 0-100. */
  readonly progress?: (percent: number) => void;
}

/** A finished file. Sizes are pixels, `durationMs` milliseconds. */
export interface MadeMedia {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  readonly provider: string;
  readonly model: string;
  readonly seed: number;
  /** What the file is not, in plain words for the caller: substitutions, things left out. */
  readonly limits: string[];
}

/** The vendor took the work and goes on with it: stored with the submission, asked for again later. */
export class PendingTask {
  constructor(
    /** The vendor's name for the task. */
    readonly taskId: string,
    /** The vendor's shortest polling interval, in milliseconds. */
    readonly pollAfterMs: number,
    /** 0-100, where the vendor tells. */
    readonly progress?: number,
  ) {}
}

/** What became of a task that we asked the vendor to stop: `charged` work was billed all the same. */
export type CancelOutcome = 'stopped' | 'charged' | 'unknown';

/** Whether a provider can be called now; `detail` names what is missing and how to install it. */
export interface ProviderHealth {
  readonly status: 'ready' | 'degraded' | 'missing';
  readonly detail?: string;
}

/**
 * Makes one kind of media. Adapters are interchangeable: each kind has a conformance suite that says what they must do.
 * `generate` and `poll` throw `ProviderFault` when nothing could be made; its `kind` tells whether a retry can help.
 */
export abstract class MediaProvider<Request extends MediaRequest, Made> {
  /** The provider's public name, e.g. `openai` or `local`. */
  abstract readonly name: string;

  /** Whether a submit whose outcome is unknown may simply be sent again: not where it may have been billed. */
  readonly resubmit: 'safe' | 'billed' = 'billed';

  /** True when the provider has all it needs (keys, binaries) to be called. */
  abstract configured(): boolean;

  /** The model names under which callers may ask for this provider. */
  abstract models(): readonly string[];

  /** The finished work, or the vendor's task where it takes longer than one answer. @throws ProviderFault */
  abstract generate(request: Request, work: ProviderWork): Promise<Made | PendingTask>;

  /**
   * Looks at a task that `generate` left pending, in this process or an earlier one. `rate_limited`, `unavailable`,
   * `timeout` and `unknown_outcome` say that the look failed, and the task is looked at again until the job's deadline;
   * a task that failed is `rejected` or `moderated`, or, where a new one may succeed, `unavailable` with the `status` 200.
   * @throws ProviderFault
   */
  poll(taskId: string, _request: Request, _work: ProviderWork): Promise<Made | PendingTask> {
    const message = `there are no tasks to look at, also not ${taskId}`;
    return Promise.reject(new ProviderFault({ provider: this.name, kind: 'rejected', message }));
  }

  /** Stops a pending task as far as the vendor lets us. */
  cancel(_taskId: string, _work: ProviderWork): Promise<CancelOutcome> {
    return Promise.resolve('unknown');
  }

  /**
   * Finds the task of a submit whose answer never came, where the vendor can be asked by our key, or where the same
   * submit with the same key is the same task.
   */
  recall(_request: Request, _work: ProviderWork): Promise<PendingTask | undefined> {
    return Promise.resolve(undefined);
  }

  /** True where an adapter has its own `recall`. */
  recalls(): boolean {
    return this.recall !== MediaProvider.prototype.recall;
  }

  /** A look at what the provider needs; keys are not tried out, binaries are. */
  health(): Promise<ProviderHealth> {
    return Promise.resolve(
      this.configured() ? { status: 'ready' } : { status: 'missing', detail: 'no API key is configured' },
    );
  }
}
