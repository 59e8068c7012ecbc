import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, HouseConfig, type ServiceName } from '@eventzr/config';
import { Database } from '@eventzr/db';
import { ServiceIdentity } from '@eventzr/http';
import { answerOf } from './answer.js';
import { callHeaders } from './call-headers.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { HttpExchange, type Exchange, type ExchangeAnswer } from './http-exchange.js';
import { RemoteUnavailable } from './remote-errors.js';
import { delayBefore, isTransient, isTurnedAway, isUnsent, MOST_TRIES, retryAfterOf } from './retry.js';
import { openForm, plainBody, type Upload } from './upload.js';

/** A call to another service's private listener. */
export interface ServiceCall {
  readonly service: ServiceName;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the service's prefix, e.g. `/wallet/v1/internal/holds`. */
  readonly path: string;
  readonly body?: unknown;
  /** A file instead of a body. What its `open` throws is thrown as it stands. */
  readonly upload?: Upload;
  /** For the whole call, repetitions included. */
  readonly timeoutMs: number;
  /** Whether sending it twice does no harm; otherwise it is repeated only when it surely was never taken up. */
  readonly idempotent: boolean;
  /** Sends the caller's own token along. */
  readonly forwardToken?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls other services under this service's key, with the request's id and trace. */
@Injectable()
export class ServiceClient implements OnApplicationShutdown {
  private readonly exchange = new HttpExchange();
  private readonly breakers = new Map<ServiceName, CircuitBreaker>();

  constructor(
    @Inject(HouseConfig) private readonly config: HouseConfig,
    @Inject(ServiceIdentity) private readonly identity: ServiceIdentity,
    @Inject(Clock) private readonly clock: Clock,
    @Optional() @Inject(Database) private readonly database?: Database,
  ) {}

  /**
   * The `data` of the other service's answer.
   * @throws RemoteError when it answered with an error
   * @throws RemoteUnavailable when it did not answer, or not in time
   */
  async call<T>(call: ServiceCall): Promise<T> {
    if (this.database?.inTransaction() === true)
      throw new Error(`A call to ${call.service} inside a transaction would keep it open`);
    const breaker = this.breakerOf(call.service);
    if (!breaker.admit()) throw new RemoteUnavailable(call.service, 'breaker');
    try {
      const { answer, tries } = await this.exchangeWithRetries(call);
      if (answer.status >= 502 && answer.status <= 504) breaker.failed();
      else breaker.succeeded();
      return answerOf<T>(call.service, answer, tries, this.clock.now());
    } catch (error) {
      if (error instanceof RemoteUnavailable && error.reason === 'aborted') breaker.abandoned();
      else if (error instanceof RemoteUnavailable && error.reason !== 'unreadable') breaker.failed();
      else breaker.abandoned();
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.exchange.close();
  }

  private async exchangeWithRetries(call: ServiceCall): Promise<{ answer: ExchangeAnswer; tries: number }> {
    const deadline = AbortSignal.timeout(call.timeoutMs);
    const signal = call.signal === undefined ? deadline : AbortSignal.any([call.signal, deadline]);
    const prepared = this.prepare(call);
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.send(call, { ...prepared, signal }, deadline);
      const delay = tries < MOST_TRIES ? this.delayAfter(call, outcome, tries) : undefined;
      if (delay !== undefined && (await paused(delay, signal))) continue;
      if (outcome instanceof RemoteUnavailable) throw outcome;
      return { answer: outcome, tries };
    }
  }

  private async send(
    call: ServiceCall,
    prepared: Omit<Exchange, 'body'>,
    deadline: AbortSignal,
  ): Promise<ExchangeAnswer | RemoteUnavailable> {
    const body = call.upload === undefined ? plainBody(call.body) : await openForm(call.upload);
    const headers = { ...prepared.headers, ...body.headers };
    try {
      return await this.exchange.send({ ...prepared, headers, body: body.data });
    } catch (error) {
      return faultOf(call, error, deadline);
    } finally {
      body.close();
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

  private breakerOf(service: ServiceName): CircuitBreaker {
    const known = this.breakers.get(service);
    if (known !== undefined) return known;
    const made = new CircuitBreaker(this.clock);
    this.breakers.set(service, made);
    return made;
  }
}

/** False when the call's time ran out first. */
async function paused(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return pause(delayMs, true, { signal }).catch(() => false);
}

// The transport's own error carries the request with its headers; only its code may leave this file.
function faultOf(call: ServiceCall, error: unknown, deadline: AbortSignal): RemoteUnavailable {
  if (call.signal?.aborted === true) return new RemoteUnavailable(call.service, 'aborted');
  if (deadline.aborted) return new RemoteUnavailable(call.service, 'timeout');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new RemoteUnavailable(call.service, isUnsent(code) ? 'connect' : 'transport', undefined, code);
}
