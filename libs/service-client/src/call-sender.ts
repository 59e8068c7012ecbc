import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, HouseConfig } from '@eventzr/config';
import type { ServiceIdentity } from '@eventzr/http';
import { callHeaders } from './call-headers.js';
import type { Exchange, ExchangeAnswer } from './http-exchange.js';
import { RemoteUnavailable } from './remote-errors.js';
import { delayBefore, isTransient, isTurnedAway, isUnsent, MOST_TRIES, retryAfterOf } from './retry.js';
import type { ServiceCall } from './service-call.js';
import { openForm, plainBody } from './upload.js';

/** Sends calls under this service's key, again where that does no harm. */
export class CallSender {
  constructor(
    private readonly config: HouseConfig,
    private readonly identity: ServiceIdentity,
    private readonly clock: Clock,
  ) {}

  /** @throws RemoteUnavailable when nothing that was sent was answered */
  async send<A extends ExchangeAnswer>(
    call: ServiceCall,
    deadline: AbortSignal,
    send: (exchange: Exchange) => Promise<A>,
  ): Promise<{ answer: A; tries: number }> {
    const signal = call.signal === undefined ? deadline : AbortSignal.any([call.signal, deadline]);
    const prepared = this.prepare(call);
    for (let tries = 1; ; tries += 1) {
      const outcome = await sent(call, { ...prepared, signal }, send, deadline);
      const delay = tries < MOST_TRIES ? this.delayAfter(call, outcome, tries) : undefined;
      if (delay !== undefined && (await paused(delay, signal))) continue;
      if (outcome instanceof RemoteUnavailable) throw outcome;
      return { answer: outcome, tries };
    }
  }

  private delayAfter(
    { idempotent }: ServiceCall,
    outcome: ExchangeAnswer | RemoteUnavailable,
    tries: number,
  ): number | undefined {
    if (outcome instanceof RemoteUnavailable) {
      const again = outcome.reason === 'connect' || (idempotent && outcome.reason === 'transport');
      return again ? delayBefore(tries + 1, undefined) : undefined;
    }
    if (!(idempotent ? isTransient(outcome.status) : isTurnedAway(outcome.status))) return undefined;
    return delayBefore(tries + 1, retryAfterOf(outcome.headers['retry-after'], this.clock.now()));
  }

  private prepare(call: ServiceCall) {
    const base = this.config.internalUrlOf(call.service);
    if (base === undefined) throw new RemoteUnavailable(call.service, 'not_configured');
    const headers = {
      accept: 'application/json',
      ...callHeaders(call.forwardToken === true),
      ...call.headers,
      'x-service-name': this.identity.name,
      'x-service-key': this.config.serviceKey,
    };
    return { url: base.replace(/\/$/, '') + call.path, method: call.method, headers };
  }
}

/** What the upload's `open` throws is no fault of the transport, and thrown as it stands. */
async function sent<A extends ExchangeAnswer>(
  call: ServiceCall,
  prepared: Omit<Exchange, 'body'>,
  send: (exchange: Exchange) => Promise<A>,
  deadline: AbortSignal,
): Promise<A | RemoteUnavailable> {
  const body = call.upload === undefined ? plainBody(call.body) : await openForm(call.upload);
  const headers = { ...prepared.headers, ...body.headers };
  try {
    return await send({ ...prepared, headers, body: body.data });
  } catch (error) {
    return faultOf(call, error, deadline);
  } finally {
    body.close();
  }
}

/** False when the call's time ran out first. */
async function paused(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return pause(delayMs, true, { signal }).catch(() => false);
}

// The transport's own error carries the request with its headers; only its code may leave this file.
export function faultOf(call: ServiceCall, error: unknown, deadline: AbortSignal): RemoteUnavailable {
  if (call.signal?.aborted === true) return new RemoteUnavailable(call.service, 'aborted');
  if (deadline.aborted) return new RemoteUnavailable(call.service, 'timeout');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new RemoteUnavailable(call.service, isUnsent(code) ? 'connect' : 'transport', undefined, code);
}
