/**
 * A signal that is aborted after a time, with a `TimeoutError`, or together with another signal, with its reason.
 * `AbortSignal.timeout` and `AbortSignal.any` say the same, but their timers outlive the work they limit, and under load
 * there are as many of them as calls in a minute.
 */
export class TimeLimit {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;

  /** @param within aborts this one too */
  constructor(
    ms: number,
    private readonly within: AbortSignal | undefined,
  ) {
    this.timer = setTimeout(() => this.controller.abort(timedOut()), Math.max(0, ms)).unref();
    if (within?.aborted === true) this.leave();
    else within?.addEventListener('abort', this.leave, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The work is over: from now on nothing aborts the signal. */
  end(): void {
    clearTimeout(this.timer);
    this.within?.removeEventListener('abort', this.leave);
  }

  private readonly leave = (): void => {
    clearTimeout(this.timer);
    this.controller.abort(this.within?.reason);
  };
}

function timedOut(): Error {
  return Object.assign(new Error('The time for it is over'), { name: 'TimeoutError' });
}
